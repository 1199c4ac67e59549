// The shop on node-postgres: a pool of four, prepared statements, transactions, COPY, NOTIFY, an error, four workers at once.
'use strict';
const { Pool, Client } = require('pg');
const copy = require('pg-copy-streams');
const { once } = require('events');

const changed = process.argv[2] === 'changed';
const lines = [];
const news = [];

async function worker(pool, w) {
  for (let i = 10 * w; i < 10 * w + 10; i++) {
    const { rows } = await pool.query({
      name: 'read', text: 'select name, balance from account where id = $1', values: [i] });
    lines.push(`${w} read ${i} ${rows[0].name} ${rows[0].balance}`);
  }
  await pay(pool, w);
  await again(pool, w);
  for (const i of [10 * w, 10 * w + 1]) {
    const { rows } = await pool.query('select balance from account where id = $1', [i]);
    lines.push(`${w} has ${i} ${rows[0].balance}`);
  }
  await pool.query('select pg_notify($1, $2)', ['news', `worker ${w} done`]);
}

async function pay(pool, w) {
  const client = await pool.connect();
  const amount = changed && w === 2 ? '3.50' : '2.50';
  try {
    await client.query('BEGIN');
    await client.query('update account set balance = balance - $1 where id = $2', [amount, 10 * w]);
    await client.query('update account set balance = balance + $1 where id = $2', ['2.50', 10 * w + 1]);
    await client.query('COMMIT');
    lines.push(`${w} paid`);
  } catch (e) {
    lines.push(`${w} failed ${e.code}`);
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
}

async function again(pool, w) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('insert into account values ($1, $2, $3)', [10 * w, 'again', 0]);
    await client.query('COMMIT');
  } catch (e) {
    lines.push(`${w} error ${e.code}`);
    await client.query('ROLLBACK');
  } finally {
    client.release();
  }
}

async function copyIn(client) {
  const into = client.query(copy.from('copy account from stdin'));
  for (let i = 0; i < 40; i++) {
    into.write(`${i}\tname-${i}\t100.00\n`);
  }
  into.end();
  await once(into, 'finish');
}

async function copyOut(client) {
  const out = client.query(copy.to('copy (select * from account order by id) to stdout'));
  let text = '';
  for await (const piece of out) {
    text += piece;
  }
  return text;
}

async function main() {
  const listener = new Client();
  await listener.connect();
  listener.on('notification', (n) => news.push(`${n.channel} ${n.payload}`));
  await listener.query('create table account (id int primary key, name text, balance numeric(10, 2))');
  await copyIn(listener);
  await listener.query('listen news');
  const pool = new Pool({ max: 4 });
  await Promise.all([0, 1, 2, 3].map((w) => worker(pool, w)));
  while (news.length < 4) {
    await once(listener, 'notification', { signal: AbortSignal.timeout(20000) });
  }
  const copied = await copyOut(listener);
  await pool.end();
  await listener.end();
  process.stdout.write(lines.sort().concat(news.sort()).join('\n') + '\n' + copied);
}

main();
