type Symptom = readonly [name: string, fields: readonly string[], emergencyAdvice?: string]

const CALL = 'Call your local emergency number now.'
const GP = 'General practice'
const ENT = 'Ear, nose and throat'

export const symptoms: readonly Symptom[] = [
  ['Severe chest pain', ['Cardiology'], `${CALL} Sit down and rest until help comes, even if the pain gets better.`],
  [
    'Sudden weakness in the face or an arm',
    ['Neurology'],
    `${CALL} Do so even if it goes away again, and remember when it began.`
  ],
  ['Can’t catch my breath', ['Cardiology', GP], `${CALL} Sit upright and stay with somebody.`],
  [
    'Sudden loss of sight',
    ['Ophthalmology'],
    'Go to an emergency department now, or call your local emergency number. Don’t drive yourself.'
  ],
  ['Worst headache ever, all at once', ['Neurology'], `${CALL} Don’t drive yourself, and don’t wait for it to pass.`],
  ['A fit, or fainting without warning', ['Neurology', 'Cardiology'], `${CALL} Don’t drive yourself.`],
  [
    'Swelling of the lips, face or throat',
    [GP, 'Dermatology'],
    `${CALL} If you have an adrenaline pen, use it at once.`
  ],
  ['Bleeding that won’t stop', [GP], `${CALL} Press firmly on the wound with a clean cloth until help comes.`],
  ['Vomiting blood, or black stools', ['Gastroenterology'], `${CALL} Don’t eat or drink anything until help comes.`],
  ['Heavy bleeding in pregnancy', ['Gynaecology'], `${CALL} Don’t wait for an appointment.`],
  ['Child who is hard to wake', ['Paediatrics'], `${CALL} Stay with the child and watch the breathing.`],
  [
    'Thoughts of harming myself',
    ['Psychiatry'],
    'You are not alone. Call your local emergency number or a crisis line now, and stay with somebody you trust.'
  ],

  ['Acne', ['Dermatology']],
  ['Always thirsty', ['Endocrinology', GP]],
  ['Anxious or panicking', ['Psychiatry', GP]],
  ['Back pain', ['Orthopaedics', GP]],
  ['Blocked nose or sinus pain', [ENT, GP]],
  ['Blood pressure too high', ['Cardiology', GP]],
  ['Blurred vision', ['Ophthalmology']],
  ['Changing mole', ['Dermatology']],
  ['Child with fever', ['Paediatrics', GP]],
  ['Child with tummy ache', ['Paediatrics']],
  ['Cough that won’t go away', [GP]],
  ['Diarrhoea or constipation', ['Gastroenterology', GP]],
  ['Dizziness', [ENT, 'Neurology', GP]],
  ['Earache', [ENT, 'Paediatrics']],
  ['Hair loss', ['Dermatology', 'Endocrinology']],
  ['Headache', ['Neurology', GP]],
  ['Heartburn', ['Gastroenterology', GP]],
  ['Hot flushes', ['Gynaecology', 'Endocrinology']],
  ['Itching', ['Dermatology', GP]],
  ['Joint pain', ['Orthopaedics', GP]],
  ['Knee or hip hurts when walking', ['Orthopaedics']],
  ['Low mood', ['Psychiatry', GP]],
  ['Numb or tingling fingers', ['Neurology', 'Orthopaedics']],
  ['Palpitations', ['Cardiology']],
  ['Period pain', ['Gynaecology']],
  ['Red or dry eye', ['Ophthalmology', GP]],
  ['Ringing in the ears', [ENT]],
  ['Skin rash', ['Dermatology', GP]],
  ['Sore throat', [ENT, GP]],
  ['Stomach pain', ['Gastroenterology', GP]],
  ['Swollen ankles', ['Cardiology', GP]],
  ['Tired all the time', [GP, 'Endocrinology']],
  ['Trouble hearing', [ENT]],
  ['Trouble sleeping', ['Psychiatry', GP]],
  ['Weight changes without a reason', ['Endocrinology', GP]]
]
