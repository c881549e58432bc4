import type { QuestionForm, QuestionKind, QuestionTopic, QuestionVersion } from '@/api'

export interface Both {
  zh: string
  en: string
}

/** A place of a picture, in shares of it from its upper left corner. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}

export interface OptionFields extends Both {
  right: boolean
  region: Region | null
}

export interface QuestionFields {
  /** The version that these words began as; 0 if there is none. */
  from: number
  topic: QuestionTopic
  kind: QuestionKind
  difficulty: number
  english: boolean
  stem: Both
  options: OptionFields[]
  answer: boolean | null
  explanation: Both
  atHome: Both
  sourceName: Both
  article: string
  quote: string
  version: string
  asOf: string
}

export const TOPICS: readonly QuestionTopic[] = [
  'fire',
  'ebike',
  'gas',
  'elevator',
  'falling',
  'flood',
  'earthquake',
  'fraud',
  'first_aid',
  'children_elders',
  'community',
  'emergency',
]
export const KINDS: readonly QuestionKind[] = ['single', 'multiple', 'true_false', 'ordering', 'picture']
/** The fewest and the most options of a kind, as docs/quizzes.md has them. */
const OPTIONS_OF: Record<QuestionKind, [number, number]> = {
  true_false: [0, 0],
  single: [2, 8],
  multiple: [2, 8],
  ordering: [3, 6],
  picture: [3, 12],
}
const FEWEST_WRONG_SPOTS = 2
const FIRST_SPOT = 0.2
const GROWTH = 1.3
const SMALLEST_SPOT = 0.05
const LARGEST_SPOT = 0.6

const nothing = (): Both => ({ zh: '', en: '' })

export function emptyOption(region: Region | null = null): OptionFields {
  return { ...nothing(), right: false, region }
}

export function emptyFields(today: string): QuestionFields {
  return {
    from: 0,
    topic: 'fire',
    kind: 'single',
    difficulty: 1,
    english: false,
    stem: nothing(),
    options: [emptyOption(), emptyOption(), emptyOption()],
    answer: null,
    explanation: nothing(),
    atHome: nothing(),
    sourceName: nothing(),
    article: '',
    quote: '',
    version: '',
    asOf: today,
  }
}

const bothOf = (words: { zh: string; en?: string } | null): Both => ({ zh: words?.zh ?? '', en: words?.en ?? '' })

/** The words of a version, to be written anew. */
export function fieldsOf(version: QuestionVersion): QuestionFields {
  const { source } = version
  return {
    from: version.id,
    topic: version.topic,
    kind: version.kind,
    difficulty: version.difficulty,
    english: Boolean(version.stem.en),
    stem: bothOf(version.stem),
    options: version.options.map((option) => ({ ...bothOf(option), right: option.right ?? false, region: option.region ?? null })),
    answer: version.answer,
    explanation: bothOf(version.explanation),
    atHome: bothOf(version.at_home),
    sourceName: bothOf(source.name),
    article: source.article ?? '',
    quote: source.quote ?? '',
    version: source.version ?? '',
    asOf: source.as_of,
  }
}

/** Of one kind's options what another kind can use: words stay, the key goes where it would be none. */
export function optionsFor(kind: QuestionKind, options: readonly OptionFields[]): OptionFields[] {
  const [fewest, most] = OPTIONS_OF[kind]
  const kept = kind === 'picture' ? options.filter(({ region }) => region !== null) : options.slice(0, most)
  const only = kind === 'single' ? kept.findIndex(({ right }) => right) : -1
  const taken = kept.map((option, number) => ({
    ...option,
    region: kind === 'picture' ? option.region : null,
    right: kind === 'single' ? number === only : kind !== 'ordering' && option.right,
  }))
  const lacking = kind === 'picture' ? 0 : Math.max(0, fewest - taken.length)
  return [...taken, ...Array.from({ length: lacking }, () => emptyOption())]
}

export function canAdd(fields: QuestionFields): boolean {
  return fields.options.length < OPTIONS_OF[fields.kind][1]
}

export function canRemove(fields: QuestionFields): boolean {
  return fields.kind === 'picture' || fields.options.length > OPTIONS_OF[fields.kind][0]
}

/** One and no other, or one more or less of several. */
export function markRight(fields: QuestionFields, index: number): void {
  fields.options.forEach((option, number) => {
    if (number === index) {
      option.right = fields.kind === 'single' || !option.right
    } else if (fields.kind === 'single') {
      option.right = false
    }
  })
}

const within = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))
const rounded = (share: number): number => Math.round(share * 1000) / 1000

function around(x: number, y: number, width: number, height: number): Region {
  return {
    x: rounded(within(0, x - width / 2, 1 - width)),
    y: rounded(within(0, y - height / 2, 1 - height)),
    width: rounded(width),
    height: rounded(height),
  }
}

/** A place around a tap; `ratio` is the picture's width through its height, so that it looks square. */
export function regionAt(x: number, y: number, ratio: number, old: Region | null = null): Region {
  const width = old?.width ?? FIRST_SPOT
  return around(x, y, width, old?.height ?? Math.min(LARGEST_SPOT, width * ratio))
}

export function resized(region: Region, larger: boolean): Region {
  const by = larger ? GROWTH : 1 / GROWTH
  const width = within(SMALLEST_SPOT, region.width * by, LARGEST_SPOT)
  const height = within(SMALLEST_SPOT, region.height * by, LARGEST_SPOT)
  return around(region.x + region.width / 2, region.y + region.height / 2, width, height)
}

/** What is missing, as keys of `question.missing.`, by field. */
export function missingIn(fields: QuestionFields, hasPicture: boolean): Record<string, string> {
  const found: Record<string, string> = {}
  if (!fields.stem.zh.trim()) {
    found.stem = 'stem'
  }
  if (fields.kind === 'picture' && !hasPicture) {
    found.picture = 'picture'
  }
  const wrong = missingOption(fields)
  if (wrong) {
    found[fields.kind === 'true_false' ? 'answer' : 'options'] = wrong
  }
  if (!fields.explanation.zh.trim()) {
    found.explanation = 'explanation'
  }
  if (!fields.sourceName.zh.trim()) {
    found.source = 'source'
  }
  return found
}

function missingOption({ kind, options, answer }: QuestionFields): string | null {
  if (kind === 'true_false') {
    return answer === null ? 'answer' : null
  }
  if (options.length < OPTIONS_OF[kind][0]) {
    return kind === 'picture' ? 'spots' : 'options'
  }
  if (options.some(({ zh }) => !zh.trim())) {
    return 'words'
  }
  const right = options.filter((option) => option.right).length
  if (kind !== 'ordering' && right === 0) {
    return 'right'
  }
  if (kind === 'picture' && options.length - right < FEWEST_WRONG_SPOTS) {
    return 'wrongSpots'
  }
  return kind === 'single' && right === options.length ? 'wrong' : null
}

function bothIn(words: Both, english: boolean): { zh: string; en?: string } {
  const en = words.en.trim()
  return { zh: words.zh.trim(), ...(english && en && { en }) }
}

/** As the service wants it. */
export function bodyOf(fields: QuestionFields, pictureId?: string): QuestionForm {
  const { english, kind } = fields
  const options = fields.options.map((option) => ({
    ...bothIn(option, english),
    ...(kind !== 'ordering' && { right: option.right }),
    ...(kind === 'picture' && option.region && { region: { ...option.region } }),
  }))
  return {
    topic: fields.topic,
    kind,
    difficulty: fields.difficulty,
    stem: bothIn(fields.stem, english),
    ...(kind === 'true_false' ? { answer: fields.answer ?? false } : { options }),
    ...(kind === 'picture' && pictureId && { picture_id: pictureId }),
    explanation: bothIn(fields.explanation, english),
    ...(fields.atHome.zh.trim() && { at_home: bothIn(fields.atHome, english) }),
    source: {
      name: bothIn(fields.sourceName, english),
      ...(fields.article.trim() && { article: fields.article.trim() }),
      ...(fields.quote.trim() && { quote: fields.quote.trim() }),
      ...(fields.version && { version: fields.version }),
      as_of: fields.asOf,
    },
  }
}
