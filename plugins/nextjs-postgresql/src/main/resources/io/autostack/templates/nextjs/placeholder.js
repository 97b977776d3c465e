// Stands in for the application until its image is named. It looks at its settings, and never connects anywhere.
const escaped = (text) => text.replace(/[&<>"']/g, (c) => '&#' + c.charCodeAt(0) + ';');
const title = escaped(process.env.APP_TITLE || 'Application');
const database = process.env.DATABASE_URL ? 'is set' : 'is missing';
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<h1>${title}</h1><p>This is a placeholder: no application image has been named yet.</p>
<p>The database address ${database}.</p></html>`;
require('http')
  .createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(page);
  })
  .listen(Number(process.env.PORT));
process.on('SIGTERM', () => process.exit(0));
