import { Form } from 'antd'
import { createContext, memo, useContext } from 'react'
import { CorrectionGroups, type CorrectionGroupsProps } from './correction-groups.tsx'
import type { Correction } from './use-correction.ts'

const WRAPPER = { flex: '1 1 0', style: { minWidth: 0 } }

/** What the groups show, handed past the form: a Form that is built anew takes all 73 fields with it, at every key pressed. */
export const GroupsContext = createContext<CorrectionGroupsProps | undefined>(undefined)

/** The form itself, built once; what changes reaches its groups through the context. */
export const CorrectionFields = memo(function CorrectionFields({
  name,
  form,
  first,
  onChange,
}: { name: string } & Pick<Correction, 'form' | 'first' | 'onChange'>) {
  return (
    <Form
      form={form}
      name={name}
      layout="horizontal"
      labelWrap
      wrapperCol={WRAPPER}
      colon={false}
      initialValues={first}
      onValuesChange={onChange}
    >
      <Groups />
    </Form>
  )
})

function Groups() {
  const props = useContext(GroupsContext)
  return props ? <CorrectionGroups {...props} /> : null
}
