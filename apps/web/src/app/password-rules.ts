/** A rule for passwords, in words, and whether this one meets it. */
export type PasswordRule = { readonly text: string; readonly met: boolean }

const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]

/** The rules of the server, so that nobody has to guess (auth.weakPassword); the server checks again. */
export function passwordFaults(password: string, oldPassword: string, username: string): PasswordRule[] {
  const classes = CLASSES.filter((pattern) => pattern.test(password)).length
  return [
    { text: '须 10 至 64 位', met: password.length >= 10 && password.length <= 64 },
    { text: '至少包含大写字母、小写字母、数字、符号中的三类', met: classes >= 3 },
    {
      text: '不能与原密码相同，不能包含用户名',
      met: password !== oldPassword && !password.toLowerCase().includes(username.toLowerCase()),
    },
  ]
}
