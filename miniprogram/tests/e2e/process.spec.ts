import { expect, test, type Phone } from './support/phone'

// Where it does not go straight: not solved, declined and appealed, withdrawn, put off.

async function reported(resident: Phone, description: string): Promise<string> {
  await resident.report({ description })
  return resident.case
}

async function takenUp(worker: Phone, theCase: string): Promise<void> {
  await worker.go(theCase)
  await worker.move('accept')
  await worker.move('assign', { assignee: await worker.nameOf('gridworker') })
  await worker.move('start')
}

test('what is not solved comes back to the one who handled it', async ({ phoneOf, photos }) => {
  const resident = await phoneOf('resident')
  const theCase = await reported(resident, '杂物还在楼道里。')
  const worker = await phoneOf('gridworker')
  await takenUp(worker, theCase)
  await worker.move('finish', { note: '清理完毕。', photo: photos.cleared })

  await resident.go(theCase)
  await resident.move('not_solved', { note: '第二天又堆满了。' })
  await resident.expectState('处理中')

  await worker.go(theCase)
  await expect(worker.see('t-timeline')).toContainText('第二天又堆满了')
  await worker.move('finish', { note: '与住户约定了堆放处。', photo: photos.cleared })
  await resident.go(theCase)
  await resident.move('confirm', { rating: 4 })
  await resident.expectState('已结案')
})

test('a refusal can be appealed once', async ({ phoneOf }) => {
  const resident = await phoneOf('resident')
  const theCase = await reported(resident, '楼上晾衣滴水。')
  const worker = await phoneOf('gridworker')
  await worker.go(theCase)
  await worker.move('decline', { note: '不属于安全隐患，请联系物业。' })

  await resident.go(theCase)
  await resident.expectState('已结案')
  await expect(resident.see('t-timeline')).toContainText('请联系物业')
  await resident.move('appeal', { note: '滴在电表箱上，有危险。' })
  await resident.expectState('待受理')

  await worker.go(theCase)
  await worker.move('decline', { note: '已现场查看，电表箱有防水。' })
  await resident.go(theCase)
  await resident.expectState('已结案')
  await expect(resident.see('t-move-appeal')).toBeHidden()
})

test('a report can be withdrawn before anyone takes it up', async ({ phoneOf }) => {
  const resident = await phoneOf('resident')
  await reported(resident, '报错了地方。')
  await resident.move('withdraw')
  await resident.expectState('已结案')
})

test('what must wait is put off with a reason, and the committee agrees', async ({ phoneOf }) => {
  const resident = await phoneOf('resident')
  const theCase = await reported(resident, '路灯电线垂落。')
  const worker = await phoneOf('gridworker')
  await takenUp(worker, theCase)
  await worker.move('suspend', { note: '要等供电公司来人。', until: 'first day' })
  await worker.expectState('已暂缓')

  const committee = await phoneOf('committee')
  await committee.go(theCase)
  await committee.move('approve_suspension')
  await committee.expectState('已暂缓')

  await worker.go(theCase)
  await worker.move('resume')
  await worker.expectState('处理中')
})
