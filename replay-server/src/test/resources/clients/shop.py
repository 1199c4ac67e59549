"""The shop on psycopg: a pool of four, prepared statements, transactions, COPY, NOTIFY, an error, four workers at once."""

import faulthandler
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
from psycopg_pool import ConnectionPool

faulthandler.dump_traceback_later(40, exit=True)
changed = "changed" in sys.argv
lines = []


def worker(pool, w):
    for i in range(10 * w, 10 * w + 10):
        with pool.connection() as connection:
            row = connection.execute("select name, balance from account where id = %s", (i,)).fetchone()
            lines.append(f"{w} read {i} {row[0]} {row[1]}")
    pay(pool, w)
    again(pool, w)
    for i in (10 * w, 10 * w + 1):
        with pool.connection() as connection:
            row = connection.execute("select balance from account where id = %s", (i,), binary=True).fetchone()
            lines.append(f"{w} has {i} {row[0]}")
    with pool.connection() as connection:
        connection.execute("select pg_notify(%s, %s)", ("news", f"worker {w} done"))


def pay(pool, w):
    amount = "3.50" if changed and w == 2 else "2.50"
    try:
        with pool.connection() as connection, connection.pipeline():
            connection.execute("update account set balance = balance - %s::numeric where id = %s", (amount, 10 * w))
            connection.execute("update account set balance = balance + %s::numeric where id = %s", ("2.50", 10 * w + 1))
        lines.append(f"{w} paid")
    except psycopg.Error as e:
        lines.append(f"{w} failed {e.sqlstate}")


def again(pool, w):
    try:
        with pool.connection() as connection:
            connection.execute("insert into account values (%s, %s, %s)", (10 * w, "again", 0), prepare=True)
    except psycopg.Error as e:
        lines.append(f"{w} error {e.sqlstate}")


def main():
    with psycopg.connect(autocommit=True) as listener:
        listener.execute("create table account (id int primary key, name text, balance numeric(10, 2))")
        with listener.cursor() as cursor, cursor.copy("copy account from stdin") as copy:
            for i in range(40):
                copy.write_row((i, f"name-{i}", "100.00"))
        listener.execute("listen news")
        with ConnectionPool(min_size=4, max_size=4) as pool, ThreadPoolExecutor(4) as threads:
            for done in [threads.submit(worker, pool, w) for w in range(4)]:
                done.result()
        news = []
        for notification in listener.notifies():
            news.append(f"{notification.channel} {notification.payload}")
            if len(news) == 4:
                break
        copied = b""
        with listener.cursor() as cursor:
            with cursor.copy("copy (select * from account order by id) to stdout") as copy:
                for piece in copy:
                    copied += bytes(piece)
    print("\n".join(sorted(lines) + sorted(news)))
    print(copied.decode(), end="")


main()
