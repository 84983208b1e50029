package locale

var japanese = &Words{
	Language: Japanese,
	Frame:    japaneseFrame, SignIn: japaneseSignIn, State: japaneseState, Message: japaneseMessage,
	Journey: japaneseJourney, Entry: japaneseEntry, Indicator: japaneseIndicator, Value: japaneseValue, Chart: japaneseChart,
	Export: japaneseExport, Survey: japaneseSurvey,
	Sheet: japaneseSheet, Difference: japaneseDifference, Ledger: japaneseLedger, Edit: japaneseEdit, Papers: japanesePapers, People: japanesePeople, Record: japaneseRecord, Intake: japaneseIntake, Status: japaneseStatus, Audit: japaneseAudit, Calendar: japaneseCalendar, Command: japaneseCommand,
	codes: pickLists(allCodeNames(), 0), events: pick(allEventTitles(), 0), fields: pick(allFieldNames(), 0), refusals: pick(allRefusalTexts(), 0),
}

var english = &Words{
	Language: English,
	Frame:    englishFrame, SignIn: englishSignIn, State: englishState, Message: englishMessage,
	Journey: englishJourney, Entry: englishEntry, Indicator: englishIndicator, Value: englishValue, Chart: englishChart,
	Export: englishExport, Survey: englishSurvey,
	Sheet: englishSheet, Difference: englishDifference, Ledger: englishLedger, Edit: englishEdit, Papers: englishPapers, People: englishPeople, Record: englishRecord, Intake: englishIntake, Status: englishStatus, Audit: englishAudit, Calendar: englishCalendar, Command: englishCommand,
	codes: pickLists(allCodeNames(), 1), events: pick(allEventTitles(), 1), fields: pick(allFieldNames(), 1), refusals: pick(allRefusalTexts(), 1),
}
