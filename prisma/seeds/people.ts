export type Region = 'uk' | 'in' | 'au' | 'br' | 'us' | 'ng'

interface Names {
  women: readonly string[]
  men: readonly string[]
  families: readonly string[]
  streets: readonly string[]
  /** A number kept for fiction, or one that can't be dialled, ending in two digits of a person's own. */
  phone: string
}

const names = (women: string, men: string, families: string, streets: string, phone: string): Names => ({
  women: women.split(' '),
  men: men.split(' '),
  families: families.split(' '),
  streets: streets.split(', '),
  phone
})

export const people: Record<Region, Names> = {
  uk: names(
    'Olivia Amelia Isla Freya Grace Niamh Zainab Priya Chloe Eleanor Maryam Ruth Hannah Beatrice Agnieszka Ngozi',
    'Oliver George Harry Arthur Callum Rhys Mohammed Ibrahim Samuel Theo Dylan Piotr Kwame Edward Finlay Idris',
    'Smith Jones Williams Taylor Davies Evans Thomas Roberts Hughes Walker Patel Khan Ahmed Begum Kowalski Mensah Murphy Okonkwo Fraser Whitcombe',
    'Cotham Hill, Gloucester Road, North Street, Stokes Croft, Cheltenham Road, Coronation Road, Park Row',
    '+44 7700 9001'
  ),
  in: names(
    'Aditi Ananya Kavya Priyanka Sneha Neha Pooja Shreya Fatima Lakshmi Gauri Radhika Ishita Tanvi Vaishali Sunita',
    'Aarav Rohan Arjun Siddharth Vikram Aditya Nikhil Sameer Farhan Rahul Omkar Prasad Kiran Sandeep Tejas Yash',
    'Joshi Deshmukh Patil Kulkarni Shaikh Iyer Nair Gupta Sharma Jadhav Bhosale Gokhale Kale More Pawar Deshpande Chavan Apte',
    'Karve Road, Law College Road, Prabhat Road, Baner Road, Senapati Bapat Road, Paud Road',
    '+91 20 1555 01'
  ),
  au: names(
    'Charlotte Mia Matilda Ruby Harper Evie Sienna Linh Mei Lucy Georgia Talia Aroha Despina Poppy Isabella',
    'Jack Noah Lachlan Cooper Angus Hamish Minh Wei Liam Archie Flynn Nikos Tane Marco Hugo Xavier',
    'Nguyen Brown Wilson Chen Papadopoulos Kelly O’Brien Rossi Singh Campbell Ryan Tran Martin McDonald Haddad Zhang Lee Tuilagi',
    'Devonshire Street, Bourke Street, Cleveland Street, Foveaux Street, Riley Street, Albion Street',
    '+61 2 5550 01'
  ),
  br: names(
    'Ana Beatriz Júlia Larissa Camila Fernanda Mariana Letícia Gabriela Rafaela Isadora Luana Yasmin Carolina Heloísa Bruna',
    'João Pedro Lucas Gabriel Mateus Rafael Thiago Felipe Bruno Gustavo Caio Vinícius Diego Henrique Leonardo Murilo',
    'Silva Santos Oliveira Souza Lima Pereira Ferreira Almeida Costa Gomes Ribeiro Carvalho Tanaka Barbosa Rocha Moreira Cavalcanti',
    'Rua Augusta, Rua Harmonia, Alameda Santos, Rua Aspicuelta, Rua dos Pinheiros, Rua Bela Cintra',
    '+55 11 1555 01'
  ),
  us: names(
    'Emma Ava Sophia Madison Aaliyah Gabriela Rachel Naomi Jasmine Leah Destiny Mei-Ling Elena Hope Brianna Simone',
    'Ethan Mason Jacob Elijah Tyrone Carlos Daniel Aaron Marcus Jamal Nathan Kevin Andre Victor Isaac Darnell',
    'Johnson Rodriguez Garcia Cohen Washington Kim Martinez Goldberg Jackson Rivera Park Thompson Baptiste Moretti Sanchez Clarke Wang Freeman',
    'West 21st Street, Ninth Avenue, West 16th Street, Seventh Avenue, Bleecker Street, Hudson Street',
    '+1 212 555 01'
  ),
  ng: names(
    'Adaeze Chiamaka Folake Yetunde Aisha Ifeoma Bukola Halima Nneka Temitope Zainab Ebele Titilayo Amaka Funmilayo Simisola',
    'Chinedu Emeka Tunde Segun Ibrahim Babajide Obinna Kunle Musa Femi Uche Ayodele Ikenna Damilola Suleiman Tobenna',
    'Okafor Adeyemi Balogun Eze Bello Nwosu Ogunleye Abubakar Obi Adebayo Lawal Chukwu Danjuma Olatunji Igwe Fashola Etim',
    'Awolowo Road, Bourdillon Road, Kofo Abayomi Street, Adeola Odeku Street, Marina Road, Allen Avenue',
    '+234 201 155 01'
  )
}
