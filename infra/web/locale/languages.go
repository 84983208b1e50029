package locale

var japanese = &Words{
	Language: Japanese,
	Frame:    japaneseFrame, SignIn: japaneseSignIn, State: japaneseState, Message: japaneseMessage,
	Journey: japaneseJourney, Entry: japaneseEntry, Indicator: japaneseIndicator, Chart: japaneseChart,
	Sheet: japaneseSheet, Difference: japaneseDifference, Ledger: japaneseLedger, Edit: japaneseEdit, Papers: japanesePapers, Closing: japaneseClosing, AfterClose: japaneseAfterClose, Monitors: japaneseMonitors, People: japanesePeople, Record: japaneseRecord, Intake: japaneseIntake, Status: japaneseStatus, Audit: japaneseAudit, Calendar: japaneseCalendar, Command: japaneseCommand,
	codes: pickLists(codeNames, 0), events: pick(allEventTitles(), 0), fields: pick(fieldNames, 0), refusals: pick(allRefusalTexts(), 0),
}

var english = &Words{
	Language: English,
	Frame:    englishFrame, SignIn: englishSignIn, State: englishState, Message: englishMessage,
	Journey: englishJourney, Entry: englishEntry, Indicator: englishIndicator, Chart: englishChart,
	Sheet: englishSheet, Difference: englishDifference, Ledger: englishLedger, Edit: englishEdit, Papers: englishPapers, Closing: englishClosing, AfterClose: englishAfterClose, Monitors: englishMonitors, People: englishPeople, Record: englishRecord, Intake: englishIntake, Status: englishStatus, Audit: englishAudit, Calendar: englishCalendar, Command: englishCommand,
	codes: pickLists(codeNames, 1), events: pick(allEventTitles(), 1), fields: pick(fieldNames, 1), refusals: pick(allRefusalTexts(), 1),
}
