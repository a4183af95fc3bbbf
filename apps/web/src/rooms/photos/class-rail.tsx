import type { PhotoClass } from '@xueji/contracts/pipeline/photo.api'

/** The classes of the school and how far each is; the chosen one is shown beside. */
export function ClassRail(props: {
  classes: readonly PhotoClass[]
  value: string | null | undefined
  onChange: (classId: string | null) => void
}) {
  const { classes, value, onChange } = props
  const grades = [...new Set(classes.map(({ gradeName }) => gradeName))]
  return (
    <nav className="xj-photo-rail" aria-label="班级">
      {grades.map((grade) => (
        <section key={grade}>
          <h2>{grade || '未分年级'}</h2>
          <ul>
            {classes
              .filter(({ gradeName }) => gradeName === grade)
              .map(({ classId, className, students, photos }) => (
                <li key={classId ?? ''}>
                  <button type="button" aria-pressed={classId === value} onClick={() => onChange(classId)}>
                    <span>{className}</span>
                    <span className={`xj-number ${photos === students ? 'xj-tone-success' : 'xj-tone-warning'}`}>
                      {photos}/{students}
                    </span>
                    <progress value={photos} max={students} aria-label={`${className}已有照片`} />
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
