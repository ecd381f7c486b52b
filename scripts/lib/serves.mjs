const asks = ['--help', '-h', '--version', '--setup']

/**
 * Is it the server that is started so, and not a command that does its work and ends? A word is taken for a command's where
 * it can't be the value of an option before it.
 * @param {readonly string[]} options
 */
export const serves = (options) =>
  !options.some((option, i) => {
    const isWord = !option.startsWith('-') && !options[i - 1]?.startsWith('--')
    return asks.includes(option) || (isWord && option !== 'serve')
  })
