const KIB = 1024

/** A size in the larger of two units that people know: `830 KB`, `12.4 MB`. */
export function sizeText(bytes: number): string {
  const kilo = bytes / KIB
  return kilo < 1000 ? `${String(Math.max(1, Math.round(kilo)))} KB` : `${(kilo / KIB).toFixed(1)} MB`
}
