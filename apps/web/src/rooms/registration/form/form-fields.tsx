import { Form } from 'antd'
import { createContext, memo, type ReactNode, useContext } from 'react'
import { FormGroups, type FormGroupsProps } from './form-groups.tsx'
import type { EntryForm } from './use-entry-form.ts'

const WRAPPER = { flex: '1 1 0', style: { minWidth: 0 } }

/** What the groups show, handed past the form: a Form that is built anew takes all its fields with it, at every key pressed. */
export const GroupsContext = createContext<FormGroupsProps | undefined>(undefined)

/** The form itself, built once; what changes reaches its groups through the context. */
export const FormFields = memo(function FormFields({
  name,
  form,
  first,
  onChange,
  children,
}: { name: string; children: ReactNode } & Pick<EntryForm, 'form' | 'first' | 'onChange'>) {
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
      {children}
    </Form>
  )
})

/** The groups of the form around it; `only` those of one tab. */
export function Groups({ only }: { only?: (key: string) => boolean }) {
  const props = useContext(GroupsContext)
  if (!props) return null
  return <FormGroups {...props} groups={only ? props.groups.filter((group) => only(group.key)) : props.groups} />
}
