import { isSweep } from '../../support/sweep.ts'

interface Way {
  way: string
  javaScript: boolean
  width: number
  at: [string, string]
}

/** Every story is told twice: on a phone with JavaScript, and at a desk without. Times differ, as both share a world. */
export const eachWay: Way[] = [
  { way: 'uses JavaScript', javaScript: true, width: 390, at: ['09:20', '09:40'] },
  { way: 'does without JavaScript', javaScript: false, width: 1280, at: ['10:20', '10:40'] }
]

/** The same for a story whose pages others come by as well: one way, and both with SWEEP=all. */
export const oneWay = (javaScript: boolean) => eachWay.filter(way => isSweep || way.javaScript === javaScript)
