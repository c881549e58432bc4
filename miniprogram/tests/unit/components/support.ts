import { createPinia, setActivePinia } from 'pinia'
import { config } from '@vue/test-utils'

/** What the platform brings (view, text, …) and wot's parts, as plain elements that pass events on. */
const PLATFORM = ['view', 'text', 'image', 'scroll-view', 'picker', 'textarea', 'input']

export function preparePlatform(): void {
  setActivePinia(createPinia())
  config.global.config.warnHandler = (message) => {
    if (!PLATFORM.some((name) => message.includes(`component: ${name}`))) {
      throw new Error(message)
    }
  }
  config.global.stubs = {
    'wd-button': {
      props: ['customClass', 'disabled', 'loading', 'plain', 'block', 'size', 'openType'],
      emits: ['click'],
      template: '<button :class="customClass" @click="$emit(\'click\')"><slot /></button>',
    },
    'wd-switch': { props: ['modelValue'], template: '<i />' },
  }
}
