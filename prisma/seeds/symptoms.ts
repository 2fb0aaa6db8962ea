type Symptom = readonly [name: string, fields: readonly string[], emergencyAdvice?: string]

const AMBULANCE = 'This can be an emergency. Call your local emergency number now; don’t wait for an appointment.'
const GP = 'General practice'

export const symptoms: readonly Symptom[] = [
  ['Severe chest pain', ['Cardiology'], AMBULANCE],
  ['Sudden weakness in the face or an arm', ['Neurology'], AMBULANCE],
  ['Can’t catch my breath', ['Cardiology', GP], AMBULANCE],
  ['Sudden loss of sight', ['Ophthalmology'], AMBULANCE],
  [
    'Thoughts of harming myself',
    ['Psychiatry'],
    'You are not alone. Call your local emergency number or a crisis line now.'
  ],
  ['Skin rash', ['Dermatology', GP]],
  ['Changing mole', ['Dermatology']],
  ['Child with fever', ['Paediatrics', GP]],
  ['Palpitations', ['Cardiology']],
  ['Joint pain', ['Orthopaedics', GP]],
  ['Back pain', ['Orthopaedics', GP]],
  ['Period pain', ['Gynaecology']],
  ['Low mood', ['Psychiatry', GP]],
  ['Trouble sleeping', ['Psychiatry', GP]],
  ['Headache', ['Neurology', GP]],
  ['Blurred vision', ['Ophthalmology']],
  ['Earache', ['Ear, nose and throat', 'Paediatrics']],
  ['Sore throat', ['Ear, nose and throat', GP]],
  ['Always thirsty', ['Endocrinology', GP]],
  ['Stomach pain', ['Gastroenterology', GP]]
]
