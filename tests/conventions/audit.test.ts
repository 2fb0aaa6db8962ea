import { expect, it } from 'vitest'
import { topics } from '../../src/services/audit/events.ts'
import { subjectTypes } from '../../src/services/audit/record.ts'
import { filesIn, textOf } from './sources.ts'

const words = JSON.parse(textOf('src/locales/en/audit.json'))
const code = filesIn('src/services', '.ts').filter(file => file !== 'src/services/audit/events.ts')

it('every event that is recorded has a sentence, and every sentence an event', () => {
  const { unnamed: _, ...said } = words.events as Record<string, Record<string, string>>
  const sentences = Object.entries(said).flatMap(([topic, verbs]) => Object.keys(verbs).map(verb => `${topic}.${verb}`))
  const listed = topics.flatMap(({ events }) => events)
  expect(sentences.toSorted()).toEqual(listed.toSorted())
  expect(Object.keys(words.topic).toSorted()).toEqual(topics.map(({ topic }) => topic).toSorted())
  expect(
    Object.keys(words.subject)
      .filter(type => type !== 'named')
      .toSorted()
  ).toEqual(subjectTypes.toSorted())
})

it('every event in the list is recorded somewhere', () => {
  const text = code.map(textOf).join('\n')
  const isRecorded = (event: string) => text.includes(`'${event}'`) || madeOf(event).test(text)
  const [made, whole] = [/`\$\{[^`]*\}\.[^`]*`/, topics.flatMap(({ events }) => events)]
  expect(made.test(text)).toBe(true)
  expect(whole.filter(event => !isRecorded(event))).toEqual([])
})

/** `${type}.removed`, `${type}.${isActive ? 'activated' : 'deactivated'}` */
const madeOf = (event: string) => new RegExp(`\`\\$\\{\\w+\\}\\.[^\`]*\\b${event.split('.')[1]}\\b[^\`]*\``)
