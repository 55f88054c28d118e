/**
 * Every text a person reads in the console. One catalogue per language; the others must have the same shape as the
 * English one, so a missing translation does not compile.
 */
import { en } from './en'

export type Catalogue = typeof en

export const text: Catalogue = en
