/**
 * A table of OpenCC: "traditional simplified|traditional simplified …". The package has no types for its dictionaries.
 */
declare module 'opencc-js/dict/TSCharacters' {
  const table: string
  export default table
}
