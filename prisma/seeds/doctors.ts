/** Weekdays (1 is Monday) and hours by the clinic's clock: `harbourside 135 9-17`; several parted by a semicolon. */
export type DoctorStory = readonly [
  name: string,
  field: string,
  years: number,
  slotMinutes: number,
  languages: string,
  hours: string
]

const GP = 'General practice'
const ENT = 'Ear, nose and throat'

export const doctors: readonly DoctorStory[] = [
  // Bristol. The first is the doctor who can be signed in as, so she works every day there is.
  ['Meera Kulkarni', 'Dermatology', 14, 20, 'English, Hindi, Marathi', 'harbourside 1234567 8:30-18'],
  ['Tunde Okafor', 'Cardiology', 19, 30, 'English, Yoruba', 'harbourside 124 9-17; clifton 5 9-13'],
  [
    'Sofía Lindqvist-Aramburu',
    'Neurology',
    22,
    30,
    'English, Spanish, Swedish',
    'harbourside 23 9-17; clifton 4 13-18'
  ],
  ['James Penrose', GP, 27, 15, 'English', 'harbourside 12345 8-16'],
  ['Hafsa Rahman', 'Gynaecology', 11, 20, 'English, Bengali, Urdu', 'harbourside 1345 9:30-17:30'],
  ['Owen Llewellyn-Price', 'Orthopaedics', 16, 20, 'English, Welsh', 'harbourside 1235 10-18'],
  ['Wei Zhang', 'Ophthalmology', 9, 20, 'English, Mandarin', 'harbourside 2456 9-16'],
  ['Miriam Adler', 'Psychiatry', 24, 30, 'English, German, Hebrew', 'harbourside 1345 11-19'],
  ['Callum Fraser', GP, 8, 15, 'English', 'clifton 12345 8:30-17'],
  ['Nadia Haddadi', 'Paediatrics', 13, 20, 'English, Arabic, French', 'clifton 1245 9-17; harbourside 6 9-13'],
  ['Eleanor Whitcombe', 'Endocrinology', 18, 30, 'English', 'clifton 135 9-17'],
  ['Piotr Zieliński', ENT, 15, 20, 'English, Polish', 'clifton 2345 9-16:30'],
  ['Grace Mensah', 'Gastroenterology', 12, 30, 'English, Twi', 'clifton 124 10-18'],
  // Pune
  ['Anand Deshpande', GP, 21, 15, 'English, Hindi, Marathi', 'pune 123456 9-18'],
  ['Kavita Joshi', 'Gynaecology', 17, 20, 'English, Hindi, Marathi', 'pune 12345 10-18'],
  ['Farhan Shaikh', 'Cardiology', 14, 30, 'English, Hindi, Urdu', 'pune 13567 8-18'],
  ['Lakshmi Venkataraman', 'Paediatrics', 20, 15, 'English, Hindi, Tamil', 'pune 123456 9-17'],
  ['Rohan Bhosale', 'Orthopaedics', 10, 20, 'English, Hindi, Marathi', 'pune 1246 11-19'],
  ['Sunita Apte', 'Dermatology', 12, 15, 'English, Marathi', 'pune 2345 10-17'],
  ['Vikram Nair', 'Endocrinology', 16, 20, 'English, Hindi, Malayalam', 'pune 1356 9-16'],
  // Sydney
  ['Hamish McAllister', GP, 23, 15, 'English', 'sydney 12345 8-17'],
  ['Linh Tran', GP, 7, 15, 'English, Vietnamese', 'sydney 34567 8-18'],
  ['Despina Papadopoulos', 'Dermatology', 19, 20, 'English, Greek', 'sydney 1245 9-17'],
  ['Aroha Ngata', 'Paediatrics', 11, 20, 'English, Māori', 'sydney 12345 9-16:30'],
  ['Marco Bellini', 'Orthopaedics', 26, 20, 'English, Italian', 'sydney 135 8:30-16'],
  ['Xin Yi Chen', 'Ophthalmology', 13, 20, 'English, Cantonese, Mandarin', 'sydney 2346 10-18'],
  ['Rebecca Goldstein', 'Psychiatry', 15, 30, 'English', 'sydney 1245 10-18:30'],
  // São Paulo
  ['Ana Beatriz Cavalcanti', GP, 16, 20, 'Portuguese, English', 'sao-paulo 12345 8-17'],
  ['Thiago Almeida Ferraz', 'Cardiology', 20, 30, 'Portuguese, English, Spanish', 'sao-paulo 1235 9-17'],
  ['Yumi Tanaka', 'Dermatology', 9, 20, 'Portuguese, English, Japanese', 'sao-paulo 1345 9-18'],
  ['Heloísa Monteiro', 'Gynaecology', 22, 20, 'Portuguese, English', 'sao-paulo 2346 8-16'],
  ['Rafael Siqueira', 'Gastroenterology', 14, 30, 'Portuguese, English', 'sao-paulo 1245 10-18'],
  ['Larissa Prado', 'Neurology', 12, 30, 'Portuguese, English, French', 'sao-paulo 135 9-17'],
  // New York
  ['Naomi Goldberg', GP, 25, 20, 'English, Yiddish', 'new-york 12345 8-17'],
  ['Carlos Rivera', GP, 10, 15, 'English, Spanish', 'new-york 14567 8-18'],
  ['Aaliyah Washington', 'Gynaecology', 13, 20, 'English', 'new-york 1245 9-17'],
  ['Min-jun Park', 'Gastroenterology', 17, 30, 'English, Korean', 'new-york 1345 9-17'],
  ['Elena Moretti', 'Cardiology', 21, 30, 'English, Italian', 'new-york 2345 8:30-16:30'],
  ['Jamal Baptiste', 'Psychiatry', 8, 30, 'English, French, Haitian Creole', 'new-york 1234 11-19'],
  ['Rachel Feingold', 'Neurology', 29, 30, 'English, Hebrew', 'new-york 235 10-18'],
  // Lagos
  ['Folake Adeyemi', GP, 15, 15, 'English, Yoruba', 'lagos 123456 8-17'],
  ['Chinedu Eze', ENT, 18, 20, 'English, Igbo', 'lagos 1245 9-17'],
  ['Halima Abubakar', 'Paediatrics', 12, 20, 'English, Fulfulde, Hausa', 'lagos 12345 9-16:30'],
  ['Obinna Nwosu', 'Ophthalmology', 20, 20, 'English, Igbo', 'lagos 1356 9-16'],
  ['Yetunde Balogun-Fashola', 'Endocrinology', 11, 30, 'English, Yoruba', 'lagos 234 10-18']
]
