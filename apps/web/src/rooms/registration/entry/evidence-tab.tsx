import { EvidenceField } from '../../../shared/evidence/evidence-field.tsx'
import type { useEntryFiling } from './use-entry-filing.ts'

/** 证明材料 of a child without document (REG-019): what shows that it goes to this school and has no register entry yet (fields 1.8). */
export function EvidenceTab({ filing }: { filing: ReturnType<typeof useEntryFiling> }) {
  const { evidence, setEvidence, missing } = filing
  return (
    <section className="xj-reg-group xj-reg-evidence" data-field="evidence" aria-label="证明材料">
      <h2>
        证明材料
        <span className="xj-muted">例如《无身份证号学生在校就读证明表》、公安机关出具的未落户证明，至少 1 张</span>
      </h2>
      {missing.map((issue) => (
        <p key={issue.code} className="xj-tone-error" role="alert">
          {issue.message}。{issue.advice}
        </p>
      ))}
      <EvidenceField value={evidence} onChange={setEvidence} />
    </section>
  )
}
