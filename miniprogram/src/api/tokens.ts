const KEY = 'linli.tokens'

export interface Tokens {
  access: string
  refresh: string
}

/** Always read from storage: another tab of the same browser may have renewed them meanwhile. */
export function readTokens(): Tokens | null {
  const kept = uni.getStorageSync(KEY) as Partial<Tokens> | '' | undefined
  return kept && kept.access && kept.refresh ? { access: kept.access, refresh: kept.refresh } : null
}

export function keepTokens(tokens: Tokens): void {
  uni.setStorageSync(KEY, tokens)
}

export function dropTokens(): void {
  uni.removeStorageSync(KEY)
}
