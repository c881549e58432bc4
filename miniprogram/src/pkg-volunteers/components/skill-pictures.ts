/** A picture for every skill, in the manner of the pictures of hazards. */
import { categoryPicture, type Colours, paint } from '@/utils/drawings'

// $s and $w stand for the soft and the warm colour, as in utils/drawings.
const PICTURES: Record<string, string> = {
  first_aid:
    '<path fill="$s" d="M6 16h36v25H6z"/><path d="M6 16h36v25H6zM17 16v-6h14v6"/><path fill="$w" d="M21.500 20.500h5v5.500H32v5h-5.500v5.500h-5V31H16v-5h5.500z"/>',
  fire_warden:
    '<path fill="$s" d="M8 30C8 18 14 11 24 11s16 7 16 19z"/><path d="M8 30C8 18 14 11 24 11s16 7 16 19M4 30h40v5H4zM24 11V6M18 12v9m12-9v9"/><path fill="$w" d="M24 18c1 3 4 4 4 7a4 4 0 0 1-8 0c0-3 3-4 4-7z"/>',
  electrician:
    '<path fill="$s" d="M24 5a13 13 0 0 1 8 23c-2 2-2 3-2 6H18c0-3 0-4-2-6a13 13 0 0 1 8-23z"/><path d="M19 39h10M21 43h6"/><path fill="$w" d="m26 11-8 10h5l-2 8 9-11h-5z"/>',
  plumber:
    '<path fill="$s" d="M6 19h20c9 0 13 5 13 13h-9c0-3-1-4-4-4H6z"/><path d="M6 15v17M18 19v-7m-7 0h14"/><path fill="$w" d="M34.500 36c2 3 3.500 4 3.500 6a3.500 3.500 0 0 1-7 0c0-2 1.500-3 3.500-6z"/>',
  driver:
    '<path fill="$s" d="M5 32v-8l5-9h20l7 9h6v8z"/><path d="M10 24h27M22 15v9"/><circle fill="$w" cx="14" cy="33" r="4.500"/><circle fill="$w" cx="34" cy="33" r="4.500"/><path d="M4 40h40"/>',
  drone:
    '<path fill="$s" d="M17 20h14v9H17z"/><path d="m17 21-7-6m21 6 7-6M17 28l-7 6m21-6 7 6M4 15h13M31 15h13M4 34h13M31 34h13"/><circle fill="$w" cx="24" cy="24.500" r="3"/>',
  sign_language:
    '<path fill="$s" d="M15 42V31l-6-7c-1.500-2.500 1.500-5 3.500-3l5.500 5V9.500a2.500 2.500 0 0 1 5 0V22 6.500a2.500 2.500 0 0 1 5 0V22 8.500a2.500 2.500 0 0 1 5 0V24v-9.500a2.500 2.500 0 0 1 5 0V31c0 5-2 8-5 11z"/><path stroke="$w" d="M41 8c2 1 3 3 3 5M7 8C5 9 4 11 4 13"/>',
  dialect:
    '<path fill="$s" d="M5 8h27v18H18l-7 7v-7H5z"/><path d="M11 14h15M11 20h9"/><path fill="$w" d="M36 18h7v17h-5v6l-6-6H21v-5"/>',
  it: '<path fill="$s" d="M14 4h20v40H14z"/><path d="M14 10h20M14 37h20M22 40.500h4"/><path fill="$w" d="m20 23 3 3 6-6v8h-9z"/>',
  care: '<path fill="$w" d="M24 25c-8-5-11-8-11-12.500C13 9 15.500 7 18.500 7c2.500 0 4.500 1.500 5.500 4 1-2.500 3-4 5.500-4 3 0 5.500 2 5.500 5.500C35 17 32 20 24 25z"/><path fill="$s" d="M5 30h8c4 0 6 3 10 3h6c3 0 3 5 0 5h-8l14-5c4-1 6 3 3 5l-15 6c-4 1-7 0-10-1H5z"/>',
  other: '<circle fill="$s" cx="24" cy="24" r="18"/><path d="M14 24h.2M24 24h.2M34 24h.2" stroke-width="4"/>',
}

export const SKILLS = [
  'first_aid',
  'fire_warden',
  'care',
  'electrician',
  'plumber',
  'elevator',
  'driver',
  'drone',
  'it',
  'dialect',
  'sign_language',
  'other',
] as const

export function skillPicture(skill: string, colours: Colours): string {
  return skill === 'elevator' ? categoryPicture('ELEVATOR', colours) : paint(PICTURES[skill] ?? PICTURES.other ?? '', '48 48', 2, colours)
}
