import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { buildTestApp, type Person, type TestApp } from '../../testing/http.ts'
import { buildWorld, type World } from '../../testing/world.ts'

let world: World
let app: TestApp
let registrar: Person

beforeAll(async () => {
  world = await buildWorld(inject('postgresUrl'))
  app = await buildTestApp(world)
  registrar = await app.as('registrar')
})
afterAll(async () => {
  await app.close()
  await world.database.drop()
})

const structure = async (person = registrar, url = '/api/school/structure') => (await person.get(url)).body

describe('年级与班级 (fields 3.4, 3.5; SCH-020, SCH-022)', () => {
  it('lists the school’s own grades with their classes by name', async () => {
    const { grades, schoolCode, stages } = await structure()
    expect(schoolCode).toBe('2144000001')
    expect(stages).toEqual([1])
    expect(
      grades.map((grade: { name: string; levelName: string; classes: { classNumber: string }[] }) => [
        grade.name,
        grade.levelName,
        grade.classes.map((one) => one.classNumber),
      ]),
    ).toEqual([[`小学${world.entryYear}级`, '小学一年级', [`${world.entryYear}101`, `${world.entryYear}102`]]])
  })

  it('numbers new classes on, and never gives the number of a removed one again', async () => {
    const [grade] = (await structure()).grades
    expect((await registrar.post('/api/school/classes', { gradeId: grade.id, classType: '10', count: 2 })).status).toBe(
      200,
    )
    const last = (await structure()).grades[0].classes.at(-1)
    expect(last).toMatchObject({ classNumber: `${world.entryYear}104`, name: `小学${world.entryYear}级4班` })
    expect((await registrar.delete(`/api/school/classes/${last.id}`)).status).toBe(200)
    expect((await structure()).grades[0].classes).toHaveLength(3)
    await registrar.post('/api/school/classes', { gradeId: grade.id, classType: '10' })
    expect((await structure()).grades[0].classes.at(-1).classNumber).toBe(`${world.entryYear}105`)
  })

  it('refuses a second grade of one year, a stage the school has not, and removing what has classes', async () => {
    const [grade] = (await structure()).grades
    expect((await registrar.post('/api/school/grades', { stage: 1, entryYear: world.entryYear })).body.error.id).toBe(
      'grade.exists',
    )
    expect((await registrar.post('/api/school/grades', { stage: 2, entryYear: world.entryYear })).body.error.id).toBe(
      'grade.stage',
    )
    expect((await registrar.delete(`/api/school/grades/${grade.id}`)).body.error.id).toBe('grade.inUse')
  })

  it('refuses a class type of another stage', async () => {
    const [grade] = (await structure()).grades
    const { body } = await registrar.post('/api/school/classes', { gradeId: grade.id, classType: '20' })
    expect(body.error.id).toBe('class.type')
  })

  it('a removed grade comes back with the class numbers it had used', async () => {
    const entryYear = world.entryYear - 1
    const of = async () =>
      (await structure()).grades.find((grade: { entryYear: number }) => grade.entryYear === entryYear)
    await registrar.post('/api/school/grades', { stage: 1, entryYear })
    await registrar.post('/api/school/classes', { gradeId: (await of()).id, classType: '10' })
    await registrar.delete(`/api/school/classes/${(await of()).classes[0].id}`)
    expect((await registrar.delete(`/api/school/grades/${(await of()).id}`)).status).toBe(200)
    expect(await of()).toBeUndefined()
    expect((await registrar.post('/api/school/grades', { stage: 1, entryYear })).status).toBe(200)
    await registrar.post('/api/school/classes', { gradeId: (await of()).id, classType: '10' })
    expect((await of()).classes.map((one: { classNumber: string }) => one.classNumber)).toEqual([`${entryYear}102`])
  })

  it('a bureau reads the structure of its own schools only', async () => {
    const url = `/api/schools/${world.org.school!.id}/structure`
    expect((await structure(await app.as('county'), url)).schoolName).toBe('武江第一小学')
    expect((await structure(await app.as('province'), url)).schoolName).toBe('武江第一小学')
    expect((await (await app.as('sibling')).get(url)).status).toBe(404)
    expect((await (await app.as('otherProvince')).get(url)).status).toBe(404)
  })
})

describe('业务流程配置 (WF-001, WF-010, E2E-35)', () => {
  it('shows the province its 333 default rules in the words of WF-002', async () => {
    const { body } = await (await app.as('province')).get('/api/workflow-rules')
    expect(body).toHaveLength(333)
    expect(body[0]).toMatchObject({
      businessName: '居民身份证小学新生注册',
      schoolKindName: '普通中小学',
      stageName: '小学',
      description: '<-主管教育局<-学校',
      isDefault: true,
    })
  })

  it('filters by business, stage and kind of school', async () => {
    const { body } = await (await app.as('province')).get('/api/workflow-rules', {
      query: { business: '6', stage: '2', schoolKind: 'special' },
    })
    expect(body.map((rule: { description: string }) => rule.description)).toEqual(['<-省级<-地市<-主管教育局<-学校'])
  })
})

describe('pickers load one level at a time and search by name, code or pinyin initials', () => {
  it.each([
    ['name', '明', []],
    ['pinyin initials anywhere in the name', 'dyxx', ['武江第一小学']],
    ['code', '2144000002', ['武江第二小学']],
  ])('organisations by %s', async (_by, search, names) => {
    const { body } = await (await app.as('county')).get('/api/organizations', { query: { search, level: 'school' } })
    expect(body.map((one: { name: string }) => one.name)).toEqual(names)
  })

  it('regions: provinces first, then what lies below, counties by search', async () => {
    expect((await registrar.get('/api/regions')).body).toHaveLength(34)
    const cities = (await registrar.get('/api/regions', { query: { parentCode: '440000' } })).body
    expect(cities.map((one: { name: string }) => one.name)).toContain('韶关市')
    const found = (await registrar.get('/api/regions', { query: { search: 'wjq' } })).body
    expect(found.map((one: { fullName: string }) => one.fullName)).toContain('广东省韶关市武江区')
  })
})
