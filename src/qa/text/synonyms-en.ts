/**
 * Groups of English words that mean nearly the same in writing about software and in everyday questions. Askers use
 * words of their own, and a light reader knows no meanings: these are the common pairs of any manual, from general
 * usage and not from any one project's documents. A word may stand in several groups. Verbs in their base form.
 */
export const englishSynonyms: readonly string[] = `
install setup
delete remove erase discard drop
begin start launch boot
stop end halt quit terminate cancel shutdown
finish complete end done
config configuration setting preference
configure set adjust change
change edit modify alter update
choose select pick
create make generate produce build
show display print list view
find locate search lookup
use employ utilise utilize
need require must necessary
allow permit let accept
forbid refuse reject deny disallow
fail break crash error
error mistake fault problem
folder directory
file document page
program process application app
computer machine host device
laptop computer machine
graphics gpu
cpu processor core
ram memory
quick fast speed
slow late delay
big large size
small little tiny
maximum most greatest largest limit
minimum least smallest
oldest minimum earliest lowest
newest latest recent last
earlier previous prior old former
later next after following
combine merge join fuse
split divide separate
copy duplicate clone
same identical equal
move transfer migrate
rename name
save store keep
write author compose
read open load parse
send deliver transmit
receive get obtain
fetch download retrieve get
connect attach link join
rerun repeat again redo
rebuild rerun recompute
undo revert rollback
restore recover
ignore skip omit
wait queue pending
hide mask redact
anonymise anonymize mask
private personal confidential
password secret token credential
key token
login signin authenticate
access reach
run execute
check verify validate test
purpose goal aim
reason cause why
answer reply response respond
question query ask
decline refuse reject
user client visitor customer
log record journal
website site web
picture image photo
function method
argument parameter option
option flag switch
shorthand short abbreviation abbreviate
shorten abbreviate
alter change
often frequent frequently
hit result
keyword word term
default standard
exclude omit skip
include contain hold
permanent lasting forever
timeout deadline limit
concurrent parallel simultaneous
simultaneous parallel
old stale outdated
cost price
buy purchase
happen occur
explain describe
mean stand signify
full complete
kill terminate
power electricity
loss lose
overwrite replace
replace swap substitute
rank order sort
drop lose
language tongue
author writer write
country nation
war conflict
`
  .trim()
  .split('\n');
