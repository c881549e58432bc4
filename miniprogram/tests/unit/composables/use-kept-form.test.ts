import { describe, expect, it } from 'vitest'

import { useKeptForm } from '@/composables/use-kept-form'

const empty = { title: '', emergency: false }

describe('a form kept on the phone', () => {
  it('is there again after a restart, until it has arrived', () => {
    const first = useKeptForm('announce.1', empty)
    first.form.title = '明早停水'
    const again = useKeptForm('announce.1', empty)
    expect(again.form).toEqual({ title: '明早停水', emergency: false })
    again.forget()
    expect(again.form).toEqual(empty)
    expect(useKeptForm('announce.1', empty).form).toEqual(empty)
  })

  it('belongs to one person and one matter', () => {
    useKeptForm('announce.1', empty).form.title = '明早停水'
    expect(useKeptForm('announce.2', empty).form.title).toBe('')
  })

  it('is sent under one key as long as it says the same, after a restart too', () => {
    const first = useKeptForm('announce.1', empty)
    first.form.title = '明早停水'
    const key = first.keyFor({ ...first.form })
    const again = useKeptForm('announce.1', empty)
    expect(again.keyFor({ ...again.form })).toBe(key)
    again.form.title = '明晚停水'
    expect(again.keyFor({ ...again.form })).not.toBe(key)
  })
})
