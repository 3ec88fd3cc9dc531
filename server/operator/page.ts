import { html, type Html } from './html.ts'
import type { Say } from './say.ts'
import type { Line, StatusView, Table } from './status-view.ts'

const RENEWED_EVERY_S = 15

/** The status as a page that reloads itself without a script. */
export function statusPage(view: StatusView, say: Say, userName: string): string {
  const { words } = say
  return page(
    say,
    view.title,
    html`<meta http-equiv="refresh" content="${RENEWED_EVERY_S}" />`,
    html` <header>
        <div>
          <h1>${view.title}</h1>
          <p class="quiet">${say.fill(words.asOf, { time: view.at, seconds: RENEWED_EVERY_S })}</p>
        </div>
        <form method="post" action="/operator/sign-out">
          <span class="quiet">${say.fill(words.signedInAs, { name: userName })}</span> <button>${words.signOut}</button>
        </form>
      </header>
      <p class="headline ${view.isCalm ? 'calm' : 'needs'}" role="status">
        ${view.isCalm ? '✓' : '!'} ${view.headline}
      </p>
      ${
        view.findings.length > 0
          ? html`<section aria-label="${words.whatToDo}">
              <ul class="findings">
                ${view.findings.map(({ is, todo }) => html`<li><strong>${is}</strong><br />${todo}</li>`)}
              </ul>
            </section>`
          : html``
      }
      ${view.figures.map(
        ({ title, figures }) =>
          html`<section>
            <h2>${title}</h2>
            <dl>
              ${figures.map(
                ({ name, value, means }) =>
                  html`<div>
                    <dt>${name}</dt>
                    <dd><span class="value">${value}</span><span class="quiet">${means}</span></dd>
                  </div>`,
              )}
            </dl>
          </section>`,
      )}
      ${view.tables.map((table) => tableOf(table, say))}`,
  )
}

function tableOf({ title, means, columns, lines }: Table, { words }: Say): Html {
  const deal = lines.some(({ commandId }) => commandId !== undefined)
  return html`<section>
    <h2>${title}</h2>
    <p class="quiet">${means}</p>
    ${
      lines.length === 0
        ? html`<p>${words.none}</p>`
        : html`<div class="wide">
            <table>
              <thead>
                <tr>
                  ${columns.map(({ name, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : ''}">${name}</th>`)}${deal ? html`<td></td>` : html``}
                </tr>
              </thead>
              <tbody>
                ${lines.map((line) =>
                  rowOf(
                    line,
                    columns.map(({ isNumber }) => isNumber ?? false),
                    words.dealtWith,
                  ),
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

const rowOf = ({ cells, stands, commandId }: Line, numbers: readonly boolean[], dealtWith: string): Html =>
  html`<tr class="${stands}">
    ${cells.map((cell, index) => html`<td class="${numbers[index] ? 'number' : ''}">${cell}</td>`)}${
      commandId === undefined
        ? html``
        : html`<td>
            <form method="post" action="/operator/dealt-with">
              <input type="hidden" name="commandId" value="${commandId}" /><button>${dealtWith}</button>
            </form>
          </td>`
    }
  </tr>`

/** The sign-in form, with the problem of the last try. */
export function signInPage(say: Say, problem: string | null): string {
  const { words } = say
  return page(
    say,
    words.title,
    html``,
    html` <main class="sign-in">
      <h1>${words.title}</h1>
      <p class="quiet">${words.signInHint}</p>
      ${problem ? html`<p class="headline needs" role="alert">! ${problem}</p>` : html``}
      <form method="post" action="/operator/sign-in">
        <label>${words.login}<input name="login" autocomplete="username" required maxlength="64" autofocus /></label>
        <label
          >${words.password}<input
            name="password"
            type="password"
            autocomplete="current-password"
            required
            maxlength="256"
        /></label>
        <button>${words.signIn}</button>
      </form>
    </main>`,
  )
}

const page = (say: Say, title: string, head: Html, body: Html): string =>
  html`<!doctype html>
    <html lang="${say.language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/operator/page.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html> `.text
