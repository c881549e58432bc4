/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the API lives, e.g. `https://linli.example`; empty means the page's own origin (H5). */
  readonly VITE_API_ORIGIN?: string
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}

declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent<object, object, unknown>
  export default component
}
