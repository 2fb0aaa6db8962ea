export interface Medicine {
  medicine: string
  dose: string
  instructions: string
}

export interface Finding {
  /** The reasons it is written for. */
  reasons: RegExp
  note: string
  medicines: readonly Medicine[]
}

const medicine = (name: string, dose: string, instructions: string): Medicine => ({
  medicine: name,
  dose,
  instructions
})

const moisturiser = medicine('Emollient cream, 500 g', 'Twice a day', 'All over, also when the skin looks well.')

/** What a dermatologist writes down after a visit, and what she prescribes. */
export const findings: readonly Finding[] = [
  {
    reasons: /rash/i,
    note: 'Red, scaly patches on both forearms, worse at night. No signs of infection. Contact eczema is likely: new washing powder three weeks ago.\n\nPlan: stop the powder, steroid cream for a week, moisturiser for good. Come back if it has not cleared in a month.',
    medicines: [
      medicine('Hydrocortisone 1% cream, 30 g', 'A thin layer twice a day', 'On the red patches only, for 7 days.'),
      moisturiser
    ]
  },
  {
    reasons: /eczema|psoriasis/i,
    note: 'Dry, thickened skin, no weeping. Moisturiser is used irregularly. Explained how much to use and when.\n\nPlan: stronger steroid for ten days, then twice a week.',
    medicines: [
      medicine('Betamethasone 0.1% ointment, 30 g', 'Once a day, at night', 'For 10 days, then on two days a week.'),
      moisturiser
    ]
  },
  {
    reasons: /acne/i,
    note: 'Inflamed spots on forehead and back, early scars. The cream alone has not helped in ten weeks.\n\nPlan: add tablets for three months. Warned about the sun.',
    medicines: [
      medicine('Lymecycline 408 mg capsules', 'One a day', 'With water, before food. Keep out of strong sun.'),
      medicine('Adapalene 0.1% gel, 45 g', 'Once a day, at night', 'A pea-sized amount on the whole face.')
    ]
  },
  {
    reasons: /mole|skin check/i,
    note: 'Whole skin looked at with the dermatoscope. All moles regular, nothing to take out. Photographs taken of two on the back.\n\nPlan: look again in twelve months, sooner if one changes.',
    medicines: []
  },
  {
    reasons: /wart/i,
    note: 'Plantar wart on the left heel, 6 mm. Frozen today, well tolerated.\n\nPlan: paint at home, freeze again in three weeks.',
    medicines: [
      medicine(
        'Salicylic acid 26% paint, 10 ml',
        'Once a day',
        'Soak for five minutes, file, then paint the wart only.'
      )
    ]
  },
  {
    reasons: /hair/i,
    note: 'Even thinning at the crown, scalp healthy. Ferritin and thyroid values asked for.\n\nPlan: talk about treatment when the results are there.',
    medicines: []
  }
]

/** Lines of a medical history, and how many years ago they began. The first three happen to children too. */
export const conditions: readonly (readonly [text: string, from: number, to: number])[] = [
  ['Asthma, uses an inhaler before sport', 2, 20],
  ['Hay fever from May to July', 2, 25],
  ['Eczema, now and then', 3, 30],
  ['Type 2 diabetes, metformin', 2, 12],
  ['High blood pressure, ramipril 5 mg', 1, 15],
  ['Appendix removed', 3, 30],
  ['Migraine, about once a month', 2, 15],
  ['Underactive thyroid, levothyroxine', 1, 14]
]
