/** What the doctors do: the fee as a multiple of a general practitioner's, who comes, what for, and words for a life. */
export interface Field {
  name: string
  fee: number
  visitors: 'everyone' | 'adults' | 'children' | 'women'
  /** What people have, as a biography says it. */
  interests: readonly [string, string, string, string]
  reasons: readonly string[]
}

const field = (
  name: string,
  fee: number,
  visitors: Field['visitors'],
  interests: Field['interests'],
  reasons: string
): Field => ({ name, fee, visitors, interests, reasons: reasons.split(' | ') })

export const fields = [
  field(
    'General practice',
    1,
    'everyone',
    ['long-term conditions', 'coughs that linger', 'aches and tiredness', 'high blood pressure'],
    'Cough that won’t go away | Tired all the time | Blood pressure check | Sore throat and fever | Travel vaccinations | Repeat prescription | Lower back ache | Results of blood test'
  ),
  field(
    'Dermatology',
    1.5,
    'everyone',
    ['eczema and acne', 'moles that have changed', 'psoriasis and sensitive skin', 'rashes and hair loss'],
    'Mole has changed shape | Eczema on both hands | Acne, cream isn’t helping | Itchy rash on the arms | Psoriasis review | Hair thinning at the crown | Wart on the heel | Yearly skin check'
  ),
  field(
    'Paediatrics',
    1.2,
    'children',
    ['asthma and allergies in childhood', 'sleep problems', 'colic and reflux', 'feeding problems'],
    'Fever since yesterday | Six-year check | Cough at night | Earache after swimming | Not eating well | Vaccination due | Tummy ache before school | Wheezing when running'
  ),
  field(
    'Cardiology',
    2,
    'adults',
    [
      'palpitations and high blood pressure',
      'heart failure',
      'chest pain on effort',
      'a family history of heart disease'
    ],
    'Palpitations in the evening | Short of breath on stairs | Blood pressure review | Check after stent | Family history, wants advice | Swollen ankles | ECG results | Medicine review'
  ),
  field(
    'Orthopaedics',
    1.7,
    'adults',
    ['knee and hip pain', 'sports injuries', 'shoulder pain', 'back and neck pain'],
    'Knee pain when running | Shoulder stiff since a fall | Hip hurts at night | Sprained ankle, still swollen | Wrist pain at the keyboard | Six weeks after fracture | Lower back pain | Tennis elbow'
  ),
  field(
    'Gynaecology',
    1.5,
    'women',
    ['painful periods', 'difficult pregnancies', 'menopausal symptoms', 'fertility problems'],
    'Routine check | Painful periods | Contraception advice | Hot flushes at night | Smear test due | Irregular cycle | Twelve-week visit | Results of scan'
  ),
  field(
    'Psychiatry',
    1.8,
    'adults',
    ['anxiety and panic', 'low mood', 'trouble sleeping', 'attention difficulties in adults'],
    'Trouble sleeping for weeks | Panic on the train | Low mood since winter | Medicine review | Worry I can’t switch off | Follow-up visit | Can’t concentrate at work | First conversation'
  ),
  field(
    'Neurology',
    2,
    'adults',
    ['migraine', 'numbness and tingling', 'epilepsy', 'tremor and Parkinson’s disease'],
    'Migraine twice a week | Tingling in the fingers | Dizzy spells | Tremor in right hand | Headache behind one eye | Epilepsy review | Numb patch on the thigh | Memory worries'
  ),
  field(
    'Ophthalmology',
    1.4,
    'everyone',
    ['glaucoma', 'dry and tired eyes', 'cataracts', 'diabetic eye disease'],
    'Blurred at a distance | Dry eyes at the screen | Glaucoma check | Floaters in the left eye | Red eye since Monday | Diabetic eye check | New glasses don’t help | Cataract, second opinion'
  ),
  field(
    'Ear, nose and throat',
    1.5,
    'everyone',
    ['blocked sinuses', 'hearing loss', 'vertigo', 'sore throats that come back'],
    'Blocked ear | Ringing in both ears | Sinus pain for weeks | Hoarse for a month | Nosebleeds | Snoring, tired by day | Hearing test | Vertigo when turning over'
  ),
  field(
    'Endocrinology',
    1.7,
    'adults',
    ['diabetes', 'thyroid problems', 'polycystic ovaries', 'osteoporosis'],
    'Thyroid results | Diabetes review | Insulin dose questions | Weight gain, no reason | Always thirsty | Low vitamin D | New pump, first check | Lump in the neck'
  ),
  field(
    'Gastroenterology',
    1.8,
    'adults',
    ['irritable bowels', 'heartburn', 'Crohn’s disease and colitis', 'liver disease'],
    'Heartburn after meals | Bloating most days | Colitis review | Liver test results | Blood group and iron low | Nausea in the morning | Gluten, wants a test | Stomach pain at night'
  )
] as const
