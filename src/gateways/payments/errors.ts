/** The gateway did not answer in time, or not as agreed: nothing is known, ask again later. */
export class GatewayDown extends Error {}

/** A callback that its gateway did not write. */
export class Forged extends Error {}
