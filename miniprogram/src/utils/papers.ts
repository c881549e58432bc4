import { absoluteUrl } from '@/api'
import { say } from '@/locale'

/** Shows a PDF: a browser in a tab of its own, WeChat with its own reader, from where it can be passed on. */
export function openPaper(path: string): void {
  const url = absoluteUrl(path)
  // #ifdef H5
  window.open(url, '_blank', 'noopener')
  // #endif
  // #ifndef H5
  uni.showLoading({ title: say('loading') })
  const fail = () => {
    uni.hideLoading()
    uni.showToast({ title: say('paper.failed'), icon: 'none' })
  }
  uni.downloadFile({
    url,
    success: ({ statusCode, tempFilePath }) => {
      if (statusCode !== 200) {
        fail()
        return
      }
      uni.hideLoading()
      uni.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true, fail })
    },
    fail,
  })
  // #endif
}

/** Copies words to where they can be pasted from, and says so. */
export function copyText(text: string, done: string): void {
  uni.setClipboardData({
    data: text,
    showToast: false,
    success: () => {
      uni.showToast({ title: done, icon: 'none' })
    },
    fail: () => {
      uni.showToast({ title: text, icon: 'none', duration: 5000 })
    },
  })
}
