/** Sentences of which biographies, cancellations and records are made. */

export const schools = {
  uk: 'Bristol and Edinburgh | Cardiff and London | Leeds | Manchester and Utrecht | Glasgow and Bath | Oxford and Lyon',
  in: 'Pune | Mumbai and Delhi | Vellore | Chennai and London | Nagpur and Bengaluru',
  au: 'Sydney | Melbourne and Auckland | Brisbane | Adelaide and Toronto',
  br: 'São Paulo | Campinas and Lisbon | Belo Horizonte | Porto Alegre and Boston',
  us: 'New York | Boston and Chicago | Baltimore | Philadelphia and Madrid',
  ng: 'Ibadan | Lagos and London | Enugu | Zaria and Cape Town'
}

export const habits = [
  'Every visit ends with a written plan you can take home.',
  'Questions are welcome, and so is the list you wrote the night before.',
  'Known for explaining test results in plain words, with a pencil and paper.',
  'Believes that the right advice often saves a prescription.',
  'Happy to see you together with someone you trust.',
  'Teaches students two mornings a month and learns from them the rest of the time.',
  'Runs on time whenever medicine allows, and says so when it doesn’t.',
  'Likes to see people twice: once to listen, once to check that it helped.',
  'Works closely with physiotherapists and nurses in the same corridor.',
  'Offers short follow-ups, so that small worries stay small.',
  'Takes second opinions seriously, whether giving them or asking for them.'
]

export const patientsReasons = [
  'I have to work that day',
  'Feeling better already',
  'Can’t get childcare',
  'Found an earlier time',
  'Away on holiday',
  'The train strike',
  'Seeing another doctor first',
  'Mixed up the date'
]
export const lateReasons = [
  'Phoned this morning, has a cold',
  'Stuck in traffic, phoned',
  'Car broke down, phoned',
  'Called in to work'
]
export const doctorsReasons = [
  'Called to an emergency',
  'Doctor unwell',
  'Clinic equipment out of order',
  'Training day moved'
]
export const rejections = [
  'Please see a general practitioner first',
  'A longer visit is needed, please choose two times in a row',
  'This needs a specialist in another field',
  'Please bring the results of your scan, then book again'
]
export const allergies = ['Penicillin', 'Peanuts', 'Latex', 'Aspirin', 'Pollen', 'Shellfish', 'Ibuprofen', 'Cats']
