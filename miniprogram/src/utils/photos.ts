/**
 * Photos of a draft outlive the app: the platform's temporary files do not.
 * WeChat keeps saved files; the browser keeps blobs in IndexedDB under `kept:` names.
 */
const KEPT = 'kept:'

// #ifdef H5
const STORE = 'photos'
let opening: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('linli', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(new Error('no IndexedDB'))
    }
  })
  return opening
}

async function ask<Answer>(
  mode: IDBTransactionMode,
  question: (photos: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  const photos = (await database()).transaction(STORE, mode).objectStore(STORE)
  return new Promise((resolve, reject) => {
    const request = question(photos)
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(new Error('IndexedDB refused'))
    }
  })
}
// #endif

/** Keeps a just taken photo; answers the name under which `openPhoto` finds it. */
export async function keepPhoto(path: string): Promise<string> {
  if (path.startsWith(KEPT)) {
    return path
  }
  // #ifdef H5
  const photo = await (await fetch(path)).blob()
  const name = `${KEPT}${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
  await ask('readwrite', (photos) => photos.put(photo, name))
  return name
  // #endif
  // #ifndef H5
  return new Promise((resolve) => {
    uni.saveFile({
      tempFilePath: path,
      success: ({ savedFilePath }) => {
        resolve(savedFilePath)
      },
      // No room left: the temporary file is better than none.
      fail: () => {
        resolve(path)
      },
    })
  })
  // #endif
}

/** A path that `<image>` and an upload understand, or null if the photo is gone. */
export async function openPhoto(name: string): Promise<string | null> {
  // #ifdef H5
  if (name.startsWith(KEPT)) {
    const photo = (await ask('readonly', (photos) => photos.get(name))) as Blob | undefined
    return photo ? URL.createObjectURL(photo) : null
  }
  // #endif
  return name
}

export async function dropPhoto(name: string): Promise<void> {
  // #ifdef H5
  if (name.startsWith(KEPT)) {
    await ask('readwrite', (photos) => photos.delete(name))
  }
  // #endif
  // #ifndef H5
  await new Promise<void>((resolve) => {
    uni.removeSavedFile({
      filePath: name,
      complete: () => {
        resolve()
      },
    })
  })
  // #endif
}
