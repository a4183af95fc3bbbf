/** What the name of a photograph says of whom it shows: an identity number (PHO-005), or school, class, name and, among namesakes, the tail of the student number (PHO-006). */
export type PhotoName =
  | { readonly by: 'number'; readonly identityNumber: string }
  | {
      readonly by: 'class'
      readonly schoolCode: string
      readonly classNumber: string
      readonly studentName: string
      readonly tail: string | undefined
    }

/** A child as photographs are matched and named. */
export type Photographed = {
  readonly id: string
  readonly name: string
  readonly identityNumber: string | null
  readonly studentNumber: string
  readonly classNumber: string | null
}

const IN_CLASS = /^(\d{10})_(\d{7})_([^_]+?)(?:_([0-9A-Z]{4}))?$/i
const NUMBER = /^[0-9A-Z()（）-]{5,30}$/i

/** Reads the name of a file; `format` when it is no .jpg, `wrongName` when it says nothing of a child. Spaces around and the case of letters do not matter. */
export function parsePhotoName(fileName: string): PhotoName | { readonly fault: 'format' | 'wrongName' } {
  const stem = /^(.*)\.jpe?g$/i.exec(fileName.trim())?.[1]?.trim().normalize('NFC')
  if (stem === undefined) return { fault: 'format' }
  const inClass = IN_CLASS.exec(stem)
  if (inClass) {
    const [, schoolCode, classNumber, studentName, tail] = inClass
    return {
      by: 'class',
      schoolCode: schoolCode!,
      classNumber: classNumber!,
      studentName: studentName!.trim(),
      tail: tail?.toUpperCase(),
    }
  }
  return NUMBER.test(stem) ? { by: 'number', identityNumber: stem.toUpperCase() } : { fault: 'wrongName' }
}

/** Whose photograph it is among the children of a school; namesakes of one class need the tail, and a tail that is given must fit. */
export function matchPhotoName<Child extends Photographed>(
  name: PhotoName,
  schoolCode: string,
  children: readonly Child[],
): Child | { readonly fault: 'otherSchool' | 'noStudent' | 'ambiguous' } {
  if (name.by === 'class' && name.schoolCode !== schoolCode) return { fault: 'otherSchool' }
  const found = children.filter((child) =>
    name.by === 'number'
      ? child.identityNumber?.toUpperCase() === name.identityNumber
      : child.classNumber === name.classNumber &&
        child.name.normalize('NFC') === name.studentName &&
        (name.tail === undefined || tailOf(child) === name.tail),
  )
  if (found.length > 1) return { fault: 'ambiguous' }
  return found[0] ?? { fault: 'noStudent' }
}

/** The name of a photograph that is handed out (EXP-011): by identity number; without one by school, class and name, with the tail where the class has another of that name (PHO-005, PHO-006). */
export function photoFileName(schoolCode: string, child: Photographed, hasNamesake: boolean): string {
  const { identityNumber, classNumber, name } = child
  if (identityNumber) return `${identityNumber}.jpg`
  return `${schoolCode}_${classNumber ?? '0000000'}_${name}${hasNamesake ? `_${tailOf(child)}` : ''}.jpg`
}

const tailOf = ({ studentNumber }: Photographed): string => studentNumber.slice(-4).toUpperCase()
