import { matchPhotoName, type PhotoName, parsePhotoName } from '@xueji/domain/photo/photo-name'
import type { ArchiveFile } from '@xueji/workbook/read/open-archive'
import type { Candidate, PackageJob, PhotoFileFault } from './package-store.ts'

/** A file of a package and the child it names, or why it names none. */
export type NamedFile = {
  readonly file: ArchiveFile
  /** Without folders, as people know it. */
  readonly name: string
  readonly parsed: PhotoName | { readonly fault: PhotoFileFault }
}

// What operating systems put into archives unasked.
const UNASKED = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i
const LONGEST_NAME = 120

/** The files of a package that somebody put there, their names read. */
export const nameFiles = (files: readonly ArchiveFile[]): NamedFile[] =>
  files
    .filter(({ name }) => !UNASKED.test(name))
    .map((file) => {
      const name = file.name.slice(file.name.lastIndexOf('/') + 1)
      return { file, name: name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, LONGEST_NAME), parsed: parsePhotoName(name) }
    })

/** Who is shown by each file, in the order of the files: one child each, of this school, in the class or grade meant, and none twice (PHO-007). */
export function matchFiles(
  named: readonly NamedFile[],
  candidates: readonly Candidate[],
  schoolCode: string,
  { target, targetId }: Pick<PackageJob, 'target' | 'targetId'>,
): (Candidate | { readonly fault: PhotoFileFault; readonly child?: Candidate })[] {
  const groups = new Map<string, Candidate[]>()
  for (const one of candidates)
    for (const key of [one.identityNumber?.toUpperCase(), `${one.classNumber} ${one.name.normalize('NFC')}`])
      if (key) groups.set(key, [...(groups.get(key) ?? []), one])
  const found = named.map(({ parsed }) => {
    if ('fault' in parsed) return parsed
    const key = parsed.by === 'number' ? parsed.identityNumber : `${parsed.classNumber} ${parsed.studentName}`
    const child = matchPhotoName(parsed, schoolCode, groups.get(key) ?? [])
    if ('fault' in child) return child
    const isMeant = target === 'school' || (target === 'class' ? child.classId : child.gradeId) === targetId
    return isMeant ? child : { fault: 'notInTarget' as const, child }
  })
  const times = new Map<string, number>()
  for (const one of found) if ('id' in one) times.set(one.id, (times.get(one.id) ?? 0) + 1)
  return found.map((one) => ('id' in one && times.get(one.id)! > 1 ? { fault: 'twice' as const, child: one } : one))
}
