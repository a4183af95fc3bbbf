import { Tree } from 'antd'
import { useStructure } from './structure.queries.ts'

const ROOT = 'school'

/** 学校 → 年级, with the number of classes; undefined is the whole school. */
export function GradeTree({
  value,
  onChange,
}: {
  value: string | undefined
  onChange: (gradeId: string | undefined) => void
}) {
  const { data } = useStructure()
  if (!data) return <aside className="xj-school-tree" />
  const grades = data.grades.map((grade) => ({
    key: grade.id,
    title: (
      <span title={grade.name}>
        {grade.levelName}（{grade.entryYear}） <small className="xj-muted">{grade.classes.length} 班</small>
      </span>
    ),
  }))
  return (
    <aside className="xj-school-tree" aria-label="学校年级">
      <Tree
        blockNode
        defaultExpandAll
        selectedKeys={[value ?? ROOT]}
        treeData={[{ key: ROOT, title: data.schoolName, children: grades }]}
        onSelect={(_, { node }) => onChange(node.key === ROOT ? undefined : String(node.key))}
      />
    </aside>
  )
}
