import { useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  CreateClassRequest,
  CreateGradeRequest,
  SchoolStructure as Structure,
} from '@xueji/contracts/platform/organization.api'
import type { z } from 'zod'
import { apiGet, apiSend } from '../../shared/api-client.ts'

/** Grades of one's own school with their classes. */
export type SchoolStructure = z.infer<typeof Structure>
export type Grade = SchoolStructure['grades'][number]
export type SchoolClass = Grade['classes'][number]

/** The lists of the room as they are exported: by the registrar. */
export const schoolExport = (list: 'grades' | 'classes' | 'subAccounts') =>
  ({ room: '/api/rooms/school', list, askers: ['schoolRegistrar'] }) as const

const KEY = ['school', 'structure']

/** Reads the structure; all pages of this room share one answer. */
export const useStructure = () => useQuery({ queryKey: KEY, queryFn: loadStructure })

/** The changes, each of which reads the structure and everything built from it again. */
export function useStructureChanges() {
  const client = useQueryClient()
  const then = async (change: Promise<unknown>): Promise<void> => {
    await change
    await client.invalidateQueries({ queryKey: ['school'] })
  }
  return {
    addGrade: (request: CreateGradeRequest) => then(apiSend('POST', '/api/school/grades', request)),
    addClasses: (request: CreateClassRequest) => then(apiSend('POST', '/api/school/classes', request)),
    removeGrade: (id: string) => then(apiSend('DELETE', `/api/school/grades/${id}`)),
    removeClass: (id: string) => then(apiSend('DELETE', `/api/school/classes/${id}`)),
  }
}

/** The structure once, for lists that page it themselves. */
export const loadStructure = (): Promise<SchoolStructure> => apiGet<SchoolStructure>('/api/school/structure')
