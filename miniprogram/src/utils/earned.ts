import type { EarnedSkill } from '@/api'

/** Skills that nobody says of themselves: a campaign gives them to who passes, and a shift may ask for them. */
export const EARNED: readonly EarnedSkill[] = [
  'fire_safety',
  'ebike_safety',
  'gas_safety',
  'elevator_safety',
  'flood_safety',
  'fraud_prevention',
  'first_aid_basics',
  'patrol_basics',
]

export function isEarned(skill: string): skill is EarnedSkill {
  return (EARNED as readonly string[]).includes(skill)
}
