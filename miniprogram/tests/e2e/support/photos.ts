import type { Browser } from '@playwright/test'

export interface Photo {
  name: string
  bytes: Buffer
}

/** Draws what a phone would have photographed: an escape way, blocked and cleared. */
export async function takePhotos(browser: Browser): Promise<{ blocked: Photo; cleared: Photo }> {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 }, deviceScaleFactor: 1, isMobile: false })
  const page = await context.newPage()
  const take = async (name: string, inTheWay: string): Promise<Photo> => {
    await page.setContent(`<body style="margin:0">${corridor(inTheWay)}</body>`)
    return { name, bytes: await page.screenshot({ type: 'jpeg', quality: 80 }) }
  }
  const photos = { blocked: await take('before.jpg', BIKES), cleared: await take('after.jpg', '') }
  await context.close()
  return photos
}

const BIKE = `
  <g fill="none" stroke="#2b3a42" stroke-width="9">
    <circle cx="0" cy="0" r="42"/><circle cx="150" cy="0" r="42"/>
    <path d="M0 0 L52 -66 L118 -66 L150 0 M52 -66 L74 0 L118 -66 M40 -92 H66 M112 -84 L126 -100 H146" stroke="#b3472e"/>
  </g>`

const BIKES = `
  <g transform="translate(180 400)">${BIKE}</g>
  <g transform="translate(330 352) scale(.8)">${BIKE}</g>
  <g transform="translate(120 330)"><rect width="96" height="70" fill="#b98d5a"/><path d="M48 0 V70 M0 20 H96" stroke="#8f6a40" stroke-width="5"/></g>`

function corridor(inTheWay: string): string {
  return `
  <svg width="640" height="480" viewBox="0 0 640 480">
    <rect width="640" height="480" fill="#d9d5c8"/>
    <path d="M0 480 L230 250 H410 L640 480 Z" fill="#a9a59a"/>
    <path d="M0 0 L230 130 V250 L0 480 Z" fill="#e8e4d8"/>
    <path d="M640 0 L410 130 V250 L640 480 Z" fill="#c9c4b6"/>
    <path d="M0 0 L230 130 H410 L640 0 Z" fill="#f4f1e8"/>
    <rect x="262" y="150" width="116" height="100" fill="#4d6b5c"/>
    <rect x="286" y="134" width="68" height="18" fill="#0b8f4d"/>
    <path d="M300 143 h30 m-8 -6 l8 6 l-8 6" stroke="#fff" stroke-width="3" fill="none"/>
    <path d="M120 360 L250 250 M520 360 L390 250" stroke="#e0b83c" stroke-width="6" stroke-dasharray="26 18"/>
    ${inTheWay}
  </svg>`
}
