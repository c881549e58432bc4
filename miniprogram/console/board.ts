/** The board of hazards: cards that are dragged, or moved by the keyboard. */

/** Puts a board to work. */
export const use = (_board: HTMLElement): void => undefined
