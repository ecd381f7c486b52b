import * as v from 'valibot'
import { Member } from '../../../../domain/kinds/member.ts'

/** `会用体温计、能开车, 懂急救` as a list, each once. */
export const skillList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]/)
      .map((skill) => skill.trim())
      .filter(Boolean),
  ),
]

/** Is each of them as short as the centre takes it? Turns and posts bound theirs alike. */
export const skillsFit = (text: string): boolean => v.is(Member.entries.skills, skillList(text))
