import { say } from '@/locale'

/** A file somebody chose, as the platform holds it. */
export interface ChosenFile {
  path: string
  name: string
}

const ENDINGS = ['.csv', '.xml', '.gift', '.txt']

interface MessageFiles {
  tempFiles: { path: string; name: string }[]
}

// WeChat's own; uni has no words for them.
interface WeChatFiles {
  chooseMessageFile: (options: { count: number; type: 'file'; extension: string[]; success: (files: MessageFiles) => void }) => void
  shareFileMessage: (options: { filePath: string; fileName: string; fail: (error: { errMsg: string }) => void }) => void
}

/** A browser opens its files; WeChat those of a chat. Whoever thinks better of it has not failed: nothing is told then. */
export function chooseFile(chosen: (file: ChosenFile) => void): void {
  // #ifdef H5
  uni.chooseFile({
    count: 1,
    type: 'all',
    extension: ENDINGS,
    success: ({ tempFiles }) => {
      const [file] = (Array.isArray(tempFiles) ? tempFiles : [tempFiles]) as unknown as { path: string; name: string }[]
      if (file) {
        chosen({ path: file.path, name: file.name })
      }
    },
  })
  // #endif
  // #ifndef H5
  weChat().chooseMessageFile({
    count: 1,
    type: 'file',
    extension: ENDINGS.map((ending) => ending.slice(1)),
    success: ({ tempFiles: [file] }) => {
      if (file) {
        chosen({ path: file.path, name: file.name })
      }
    },
  })
  // #endif
}

/** Hands a fetched file over: a browser keeps it, WeChat sends it to a chat (and only straight from a tap). */
export function handOver(path: string, name: string): void {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = path
  link.download = name
  link.click()
  // #endif
  // #ifndef H5
  weChat().shareFileMessage({
    filePath: path,
    fileName: name,
    fail: ({ errMsg }) => {
      if (!errMsg.includes('cancel')) {
        uni.showToast({ title: say('files.shareFailed'), icon: 'none' })
      }
    },
  })
  // #endif
}

// #ifndef H5
function weChat(): WeChatFiles {
  return uni as unknown as WeChatFiles
}
// #endif
