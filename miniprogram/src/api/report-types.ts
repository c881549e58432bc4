/** What residents are told of a month, in the service's own words, as in types.ts. */
import type { components } from './schema'

type Schemas = components['schemas']

/** A figure, or why there is none: `withheld`. */
export type ToldFigure = Schemas['ToldFigureView']
export type Became = Schemas['BecameView']
