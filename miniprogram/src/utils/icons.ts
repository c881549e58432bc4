/** The small line icons, 24 × 24. They are masks, so they take the colour of the text beside them. */
const LINES = {
  alert: '<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.3v.2"/>',
  award: '<circle cx="12" cy="9" r="5.500"/><path d="m8.500 13.500-1.500 7 5-2.500 5 2.500-1.500-7M12 6.500v5M9.500 9h5"/>',
  bell: '<path d="M12 4.2a5.6 5.6 0 0 0-5.6 5.600c0 4.400-2.400 5.700-2.400 7.300h16c0-1.600-2.400-2.900-2.400-7.300A5.600 5.600 0 0 0 12 4.200z"/><path d="M9.800 20.200a2.600 2.600 0 0 0 4.400 0"/>',
  calendar: '<path d="M4.500 6h15v14h-15zM4.500 10.500h15M8.500 3.500V8M15.500 3.500V8"/><path d="M8.500 14.500h.2M12 14.500h.2M15.500 14.500h.2"/>',
  camera: '<path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.4"/>',
  chart: '<path d="M4 20h16M7 20v-6M12 20V6M17 20v-9"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  chevron: '<path d="m9.5 6 6 6-6 6"/>',
  clock: '<circle cx="12" cy="12" r="8.2"/><path d="M12 7.5V12l3 2.2"/>',
  close: '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
  coin: '<circle cx="12" cy="12" r="8.200"/><path d="M12 7.500v9M8.500 10.500 12 14l3.500-3.500"/>',
  copy: '<path d="M8.500 8.500h11v11h-11z"/><path d="M5 15.500V4.500h11"/>',
  desk: '<path d="M3.500 5h17v11h-17zM9 20h6M12 16v4"/>',
  download: '<path d="M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 19.500h14"/>',
  draft: '<path d="M6 3.8h8l4 4v12.4H6z"/><path d="M14 4v4h4M9 12.5h6M9 16h4"/>',
  flag: '<path d="M6 21V4M6 5c4-2 7 2 12 0v8.500c-5 2-8-2-12 0"/>',
  gift: '<path d="M4.500 11.500h15v8.500h-15zM3.500 8h17v3.500h-17zM12 8v12M12 8c-5 0-5-5-2-4.500 1.500.2 2 2.500 2 4.500zm0 0c5 0 5-5 2-4.500-1.500.2-2 2.500-2 4.500z"/>',
  globe: '<circle cx="12" cy="12" r="8.2"/><path d="M3.8 12h16.4M12 3.8c3 3 3 13.4 0 16.4M12 3.8c-3 3-3 13.4 0 16.4"/>',
  heart: '<path d="M12 20C6 15.500 3.500 12.500 3.500 9A4.300 4.300 0 0 1 12 7.500 4.300 4.300 0 0 1 20.500 9c0 3.500-2.500 6.500-8.500 11z"/>',
  hidden: '<path d="M4 4.5 20 19.5"/><path d="M6.4 7.6C4.3 9 3 12 3 12s3 6 9 6c1.6 0 3-.4 4.2-1M10 6.200C10.6 6.1 11.3 6 12 6c6 0 9 6 9 6s-.8 1.7-2.4 3.2"/>',
  home: '<path d="m4 11 8-7 8 7"/><path d="M6 9.500V20h12V9.500M10 20v-5.500h4V20"/>',
  horn: '<path d="M4 10v4.500h3.500L17 19V5.500L7.500 10z"/><path d="M8 14.500 9.500 20H12l-1-4M19.800 10.300c.8 1.200.8 2.600 0 3.900"/>',
  letters: '<path d="M3.5 18 8.5 6l5 12M5.3 14h6.4"/><path d="M15.5 18l2.8-7 2.8 7M16.4 15.800h3.8"/>',
  list: '<path d="M8.5 6.500H20M8.5 12H20M8.5 17.500H20"/><path d="M4.3 6.500h.2M4.3 12h.2M4.3 17.500h.2"/>',
  lock: '<path d="M6 11h12v9H6z"/><path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  map: '<path d="m4 7 5.3-2.2 5.4 2.200L20 4.800V17l-5.3 2.200L9.3 17 4 19.200z"/><path d="M9.3 4.800V17M14.7 7v12.2"/>',
  minus: '<path d="M6 12h12"/>',
  moon: '<path d="M19.5 14.500A8 8 0 1 1 9.5 4.500a6.5 6.5 0 0 0 10 10z"/>',
  navigate: '<path d="m4 11.5 16-7-6.5 16-2.3-6.700z"/>',
  offline: '<path d="M4 4l16 16"/><path d="M5 12.500c1.3-1.3 2.9-2.2 4.6-2.600M14.5 10c1.7.4 3.2 1.3 4.5 2.500M8.3 16a5.3 5.3 0 0 1 6-.9M2.5 9c1.3-1.2 2.7-2.1 4.2-2.700M11 5.500c4-.2 7.7 1 10.5 3.5"/><path d="M12 19.300v.2"/>',
  order: '<path d="M6 3.800h12v16.400H6z"/><path d="M12 7.500v5.500M12 16v.2"/>',
  out: '<path d="M13 4.500H5.500v15H13"/><path d="M10 12h10.500m-3.5-3.5 3.5 3.5-3.5 3.5"/>',
  pause: '<path d="M9 6.500v11M15 6.500v11"/>',
  pen: '<path d="m5 19 .8-3.800L16.5 4.500l3 3L8.8 18.200z"/>',
  people: '<circle cx="9" cy="8.5" r="3.3"/><path d="M3 19.500c0-3.6 2.7-6 6-6s6 2.4 6 6"/><path d="M15.5 5.600a3.3 3.3 0 0 1 0 5.900M17.5 14c2.1.8 3.5 2.8 3.5 5.5"/>',
  phone: '<path d="M6.5 4h3l1.5 4-2 1.500a11 11 0 0 0 5.5 5.500L16 13l4 1.500v3c0 1.4-1.1 2.5-2.5 2.500C10.6 20 4 13.4 4 6.5 4 5.1 5.1 4 6.5 4z"/>',
  pin: '<path d="M12 21c4-4.6 6.5-7.6 6.5-11a6.5 6.5 0 0 0-13 0c0 3.4 2.5 6.4 6.5 11z"/><circle cx="12" cy="10" r="2.4"/>',
  plus: '<path d="M12 5.500v13M5.5 12h13"/>',
  question: '<path d="M8.8 9a3.2 3.2 0 1 1 4.8 2.800c-1 .6-1.6 1.2-1.6 2.400M12 17.500v.2"/>',
  refresh: '<path d="M19 8.500A7.8 7.8 0 1 0 20 13"/><path d="M19.5 4v4.500H15"/>',
  scan: '<path d="M4 8.500V4h4.500M15.500 4H20v4.500M20 15.500V20h-4.500M8.500 20H4v-4.500M4 12h16"/>',
  send: '<path d="M12 19.500V5m-6 6 6-6 6 6"/>',
  shield: '<path d="M12 3.5 5 6v5.500c0 4.3 2.9 7.3 7 9 4.1-1.7 7-4.7 7-9V6z"/><path d="m9 12 2.3 2.300L15.2 10"/>',
  sos: '<path d="M12 3.500a5.5 5.500 0 0 0-5.5 5.500v6h11V9A5.500 5.500 0 0 0 12 3.500z"/><path d="M4.500 15h15v4.500h-15zM12 7.500v4.500M2.500 6.500l1.500.7M21.500 6.500l-1.500.7"/>',
  swap: '<path d="M5 8.500h13.500m-3.5-3.500 3.500 3.500L15 12M19 15.500H5.500M9 12l-3.500 3.500L9 19"/>',
  tasks: '<path d="M6 5h12v15.500H6z"/><path d="M9.5 3.500h5v3h-5zM9 12l2 2 4-4"/>',
  trash: '<path d="M5 7h14M9.5 7V4.500h5V7M7 7l.8 13h8.400L17 7M10.5 10.500v6M13.5 10.500v6"/>',
  walk: '<circle cx="13" cy="4.800" r="1.800"/><path d="m9 21 2.500-6.500-2.500-2.500 1-5 3.500.5 2 3 3 1M10 7.500 7 9.500l-.5 3.500M12 14l3 2.500L16 21"/>',
  person: '<circle cx="12" cy="8.5" r="3.7"/><path d="M4.5 20c0-4 3.3-6.5 7.5-6.500s7.5 2.5 7.5 6.5"/>',
} as const

const SHAPES = {
  star: '<path d="m12 3.3 2.7 5.7 6.1.8-4.5 4.3 1.1 6.200L12 17.300l-5.4 3 1.1-6.200L3.2 9.800l6.1-.8z"/>',
  ring: '<path fill-rule="evenodd" d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zm0 3a5 5 0 1 0 0 10 5 5 0 0 0 0-10z"/>',
  half: '<path fill-rule="evenodd" d="M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zm0 2.600v10.800a5.4 5.4 0 0 0 0-10.800z"/>',
  diamond: '<path fill-rule="evenodd" d="m12 2.5 9.5 9.5-9.5 9.5L2.5 12zm0 4.3L6.8 12l5.2 5.2 5.2-5.2z"/>',
  bars: '<path d="M7 5h3.500v14H7zM13.5 5H17v14h-3.500z"/>',
  dot: '<circle cx="12" cy="12" r="6"/>',
} as const

export type IconName = keyof typeof LINES | keyof typeof SHAPES

function svg(name: IconName): string {
  const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"'
  if (name in SHAPES) {
    return `${head}>${SHAPES[name as keyof typeof SHAPES]}</svg>`
  }
  const stroke = 'fill="none" stroke="#000" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"'
  return `${head} ${stroke}>${LINES[name as keyof typeof LINES]}</svg>`
}

export function dataUri(image: string): string {
  return `url("data:image/svg+xml,${encodeURIComponent(image)}")`
}

export function iconMask(name: IconName): string {
  return dataUri(svg(name))
}
