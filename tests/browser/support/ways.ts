/** Every story is told twice: on a phone with JavaScript, and at a desk without. Times differ, as both share a world. */
export const eachWay: { way: string; javaScript: boolean; width: number; at: [string, string] }[] = [
  { way: 'uses JavaScript', javaScript: true, width: 390, at: ['09:20', '09:40'] },
  { way: 'does without JavaScript', javaScript: false, width: 1280, at: ['10:20', '10:40'] }
]
