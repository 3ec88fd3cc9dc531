declare module '@fontsource-variable/noto-sans-sc'
declare module '*.css'
