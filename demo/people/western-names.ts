import type { Random } from '../random.ts'
import type { PersonName } from './chinese-names.ts'

/** Common given names, family names and towns by country; customers from other countries get names of Great Britain. */
const names: Readonly<
  Record<string, { given: string; family: string; towns: string; language: 'en' | 'de' | 'fr' | 'es' | 'pt' }>
> = {
  GB: {
    given:
      'Oliver Amelia George Isla Harry Ava Jack Emily Charlie Sophie Thomas Grace James Lily William Freya Daniel Evie Samuel Alice',
    family:
      'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Clarke',
    towns: 'London Manchester Leeds Bristol Glasgow Cardiff Liverpool Newcastle',
    language: 'en',
  },
  DE: {
    given:
      'Anna Lukas Marie Finn Lena Jonas Mia Paul Hannah Leon Sophia Felix Clara Maximilian Jürgen Käthe Günther Heike Uwe Sabine',
    family:
      'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann',
    towns: 'Berlin Hamburg München Köln Frankfurt Stuttgart Leipzig Bremen',
    language: 'de',
  },
  US: {
    given:
      'Liam Emma Noah Olivia Ethan Ava Mason Sophia Logan Mia Lucas Harper Jacob Ella Michael Abigail David Chloe Joseph Scarlett',
    family:
      'Miller Davis Garcia Rodriguez Martinez Hernandez Lopez Gonzalez Anderson Thomas Moore Jackson Martin Lee Perez Harris Lewis Clark Young King',
    towns: 'Boston Chicago Seattle Denver Austin Portland Atlanta Phoenix',
    language: 'en',
  },
  FR: {
    given:
      'Camille Louis Chloé Hugo Léa Jules Manon Gabriel Inès Arthur Zoé Raphaël Élise Nathan Amélie Théo Juliette Mathis Hélène Antoine',
    family:
      'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garnier David Bertrand Roux Vincent Fournier',
    towns: 'Paris Lyon Marseille Toulouse Nantes Lille Bordeaux Nice',
    language: 'fr',
  },
  PT: {
    given:
      'Maria João Ana José Beatriz Francisco Inês António Mariana Pedro Sofia Tiago Leonor Miguel Carolina Rui Catarina Nuno Teresa Duarte',
    family:
      'Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira',
    towns: 'Lisboa Porto Braga Coimbra Faro Évora Aveiro Setúbal',
    language: 'pt',
  },
  ES: {
    given:
      'Lucía Hugo Martina Mateo Sofía Martín Paula Daniel Julia Alejandro Valeria Pablo Emma Álvaro Carla Adrián Sara Diego Alba Javier',
    family:
      'García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez',
    towns: 'Madrid Barcelona Valencia Sevilla Bilbao Málaga Zaragoza Granada',
    language: 'es',
  },
}

export const namedCountries = Object.keys(names)

export function westernPerson(
  country: string,
  random: Random,
): PersonName & { city: string; language: 'en' | 'de' | 'fr' | 'es' | 'pt' } {
  const list = names[country] ?? names.GB!
  const givenName = random.pick(list.given.split(' '))
  const familyName = random.pick(list.family.split(' '))
  return {
    displayName: `${givenName} ${familyName}`,
    nativeName: null,
    givenName,
    familyName,
    city: random.pick(list.towns.split(' ')),
    language: list.language,
  }
}

export function westernCompany(country: string, random: Random): { displayName: string; city: string } {
  const list = names[country] ?? names.GB!
  const form: Record<string, string> = { DE: 'GmbH', US: 'Inc.', FR: 'SARL', PT: 'Lda.', ES: 'S.L.' }
  const trade = random.pick([
    'Moulding',
    'Optics',
    'Logistics',
    'Interiors',
    'Components',
    'Foods',
    'Packaging',
    'Textiles',
  ])
  return {
    displayName: `${random.pick(list.family.split(' '))} ${trade} ${form[country] ?? 'Ltd'}`,
    city: random.pick(list.towns.split(' ')),
  }
}
