/** An identity or record number as the server shows it to this account: masked in lists (SEC-007), in even digits. */
export function MaskedNumber({ value }: { value: string | null | undefined }) {
  if (!value) return <span className="xj-none">—</span>
  return (
    <span className="xj-number" title={value.includes('*') ? '按权限脱敏显示' : undefined}>
      {value}
    </span>
  )
}
