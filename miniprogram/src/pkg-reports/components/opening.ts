import type { ReportFormat } from '@/api'
import { say } from '@/locale'

/**
 * Shows a fetched file: WeChat with its own reader, from where it can be passed on; a browser in a tab of its own,
 * a sheet by keeping it. Tells whether it could: a browser may want a tap of its own for it.
 */
export function openFetched(path: string, format: ReportFormat, name: string): boolean {
  // #ifdef H5
  if (format === 'xlsx') {
    const link = document.createElement('a')
    link.href = path
    link.download = name
    link.click()
    return true
  }
  return window.open(path, '_blank') !== null
  // #endif
  // #ifndef H5
  uni.openDocument({
    filePath: path,
    fileType: format === 'xlsx' ? 'xlsx' : 'pdf',
    showMenu: true,
    fail: () => {
      uni.showToast({ title: say('paper.failed'), icon: 'none' })
    },
  })
  return name !== ''
  // #endif
}
