/** The first thing that whoever opens a bundle finds. */
export const README = `Українською
Це пакет доказів, підписаний містом. recordings/ – байти так, як їх збережено під час запису; clips/ – те саме, з'єднане для перегляду;
redacted/ – прикриті копії (вони не є анонімними); events/ – події; statement.json – що це, звідки, чого бракує і хто його просив.
Перевірте його до використання: сторінкою перевірки, яку місто роздає окремо, або командою ./yardline evidence verify ПАКЕТ --fingerprint …
Відбиток ключа візьміть не звідси, а з оголошення міста або акта передачі. Не перепаковуйте архів: тоді перевірка не пройде.

По-русски
Это пакет доказательств, подписанный городом. recordings/ – байты так, как их сохранили во время записи; clips/ – то же, соединённое для просмотра;
redacted/ – закрытые копии (они не являются анонимными); events/ – события; statement.json – что это, откуда, чего недостаёт и кто его просил.
Проверьте его до использования: страницей проверки, которую город раздаёт отдельно, или командой ./yardline evidence verify ПАКЕТ --fingerprint …
Отпечаток ключа возьмите не отсюда, а из объявления города или акта передачи. Не перепаковывайте архив: тогда проверка не пройдёт.

In English
This is an evidence bundle signed by the town. recordings/ holds the bytes as they were stored when they were recorded; clips/ the same, joined for viewing;
redacted/ redacted copies (they are not anonymous); events/ events; statement.json says what this is, where it comes from, what is missing and who asked for it.
Verify it before you use it: with the page that the town gives away separately, or with ./yardline evidence verify BUNDLE --fingerprint …
Take the key's fingerprint from a notice of the town or the hand-over sheet, not from here. Do not pack the archive anew: it would not verify.
`;
