/** Whether the long sizes are asked for: everything everywhere, not in turns. */
export const isSweep = process.env.SWEEP === 'all'
