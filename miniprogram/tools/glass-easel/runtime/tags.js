/** WeChat's built-in components that the runtime knows; in the page each becomes `wx-<tag>`. */
export const BUILT_IN_TAGS = [
  'view', 'text', 'image', 'button', 'input', 'textarea', 'scroll-view', 'swiper', 'swiper-item', 'map', 'canvas',
  'picker', 'switch', 'slider', 'checkbox', 'checkbox-group', 'radio', 'radio-group', 'label', 'form', 'navigator',
  'icon', 'progress', 'rich-text', 'cover-view', 'cover-image', 'root-portal', 'page-meta', 'page-container',
  'navigation-bar', 'movable-area', 'movable-view', 'picker-view', 'picker-view-column', 'video', 'web-view',
  'match-media', 'open-data',
]
