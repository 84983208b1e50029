package main

import "ayumi/domain/japan"

// outcome is what came of one case: a job, a move, or both.
type outcome struct {
	key                 string
	jobOn, moveOn       japan.Date // first day at work, day of the move
	route               string
	jobGrade, moveGrade string // best evidence; "" none
	lg, turn, reason    string
	age                 string
	stay, predecessor   string
	sessions            int // to be found among the free ones
	from, firstBy, to   japan.Date
	firm                string
	introduced, decided japan.Date // where they do not follow from the first day at work
}

// outcomes of fiscal 2019 that count: 14 employed, 8 both, 5 moved alone and one
// family of four. The grade of whichever comes first makes A 18, B 8, C 5.
var outcomes = []outcome{
	{key: "k1", jobOn: japan.On(2019, 4, 1), route: "introduced", jobGrade: "a", age: "30s", turn: "u", firm: "seimitsu"},
	{key: "k2", jobOn: japan.On(2019, 4, 1), route: "self", jobGrade: "a", age: "20s", turn: "u", firm: "shinkin"},
	{key: "k3", moveOn: japan.On(2019, 5, 18), moveGrade: "a", lg: "313700", turn: "u", reason: "retirement_return", age: "60s",
		sessions: 2, firstBy: japan.On(2019, 4, 30), to: japan.On(2019, 5, 12)},
	{key: "k4", jobOn: japan.On(2019, 6, 3), route: "introduced", jobGrade: "a", age: "20s", turn: "i", firm: "kaigo",
		sessions: 2, firstBy: japan.On(2019, 5, 15), to: japan.On(2019, 5, 28)},
	{key: "k5", moveOn: japan.On(2019, 6, 15), moveGrade: "b", jobOn: japan.On(2019, 7, 1), route: "self", jobGrade: "b", lg: "312011", turn: "i",
		reason: "job_change", age: "20s", firm: "it", sessions: 3, firstBy: japan.On(2019, 5, 15), to: japan.On(2019, 6, 12)},
	{key: "k6", jobOn: japan.On(2019, 7, 1), route: "self", jobGrade: "a", age: "30s", turn: "i", firm: "kensetsu",
		sessions: 2, firstBy: japan.On(2019, 6, 8), to: japan.On(2019, 6, 20)},
	{key: "k7", jobOn: japan.On(2019, 7, 16), route: "introduced", jobGrade: "b", moveOn: japan.On(2019, 8, 24), moveGrade: "a", lg: "312029", turn: "u",
		reason: "employment", age: "20s", firm: "seimitsu", sessions: 3, firstBy: japan.On(2019, 5, 31), to: japan.On(2019, 8, 12)},
	{key: "family", moveOn: japan.On(2019, 8, 10), moveGrade: "a", lg: "312037", turn: "i", reason: "childcare", age: "30s"},
	{key: "k8", jobOn: japan.On(2019, 8, 1), route: "introduced", jobGrade: "a", age: "40s", turn: "i", firm: "shokuhin",
		sessions: 2, firstBy: japan.On(2019, 6, 18), to: japan.On(2019, 7, 20)},
	{key: "k9", jobOn: japan.On(2019, 9, 2), route: "introduced", jobGrade: "a", age: "30s", turn: "u", firm: "kaigo",
		sessions: 3, firstBy: japan.On(2019, 7, 18), to: japan.On(2019, 8, 20)},
	{key: "k10", moveOn: japan.On(2019, 9, 14), moveGrade: "b", jobOn: japan.On(2019, 10, 1), route: "introduced", jobGrade: "b", lg: "312029", turn: "j",
		reason: "job_change", age: "30s", firm: "kensetsu", sessions: 4, firstBy: japan.On(2019, 7, 28), to: japan.On(2019, 9, 24)},
	{key: "k11", jobOn: japan.On(2019, 10, 1), route: "introduced", jobGrade: "a", age: "20s", turn: "u", firm: "koukoku",
		sessions: 3, firstBy: japan.On(2019, 8, 16), to: japan.On(2019, 9, 20)},
	{key: "k12", jobOn: japan.On(2019, 10, 1), route: "other_office", jobGrade: "b", age: "50s", turn: "i", firm: "ryokan",
		sessions: 2, firstBy: japan.On(2019, 9, 5), to: japan.On(2019, 9, 20)},
	{key: "k13", jobOn: japan.On(2019, 10, 1), route: "introduced", jobGrade: "a", moveOn: japan.On(2019, 10, 19), moveGrade: "a", lg: "312011", turn: "u",
		reason: "employment", age: "20s", firm: "it", sessions: 4, firstBy: japan.On(2019, 8, 12), to: japan.On(2019, 10, 10)},
	{key: "k14", moveOn: japan.On(2019, 10, 26), moveGrade: "a", lg: "312029", turn: "i", reason: "telework", age: "40s",
		sessions: 3, firstBy: japan.On(2019, 8, 31), to: japan.On(2019, 10, 15)},
	{key: "k15", jobOn: japan.On(2019, 11, 1), route: "introduced", jobGrade: "a", age: "30s", turn: "i", firm: "shinkin",
		sessions: 3, firstBy: japan.On(2019, 9, 16), to: japan.On(2019, 10, 20)},
	{key: "k16", moveOn: japan.On(2019, 11, 9), moveGrade: "b", jobOn: japan.On(2019, 12, 2), route: "self", jobGrade: "b", lg: "312037", turn: "i",
		reason: "country_life", age: "40s", firm: "kaigo", sessions: 4, firstBy: japan.On(2019, 9, 15), to: japan.On(2019, 11, 24)},
	{key: "k17", jobOn: japan.On(2019, 12, 2), route: "introduced", jobGrade: "c", moveOn: japan.On(2019, 12, 21), moveGrade: "a", lg: "312011", turn: "u",
		reason: "job_change", age: "30s", firm: "koukoku", sessions: 3, firstBy: japan.On(2019, 10, 16), to: japan.On(2019, 12, 10)},
	{key: "k18", jobOn: japan.On(2020, 1, 6), route: "introduced", jobGrade: "a", age: "20s", turn: "i", firm: "seimitsu",
		sessions: 3, firstBy: japan.On(2019, 11, 20), to: japan.On(2019, 12, 22)},
	{key: "k19", jobOn: japan.On(2020, 1, 14), route: "self", jobGrade: "c", age: "40s", turn: "u", firm: "shokuhin",
		sessions: 3, firstBy: japan.On(2019, 12, 10), to: japan.On(2020, 1, 9)},
	{key: "k20", moveOn: japan.On(2020, 1, 18), moveGrade: "b", lg: "313289", turn: "i", reason: "startup_farming", age: "30s",
		sessions: 3, firstBy: japan.On(2019, 11, 25), to: japan.On(2020, 1, 9)},
	{key: "k21", jobOn: japan.On(2020, 2, 3), route: "introduced", jobGrade: "a", age: "20s", turn: "u", firm: "it",
		sessions: 3, firstBy: japan.On(2019, 12, 18), to: japan.On(2020, 1, 25)},
	{key: "k22", moveOn: japan.On(2020, 2, 15), moveGrade: "c", jobOn: japan.On(2020, 3, 2), route: "other_office", jobGrade: "b", lg: "312011", turn: "j",
		reason: "job_change", age: "20s", firm: "shinkin", sessions: 4, firstBy: japan.On(2019, 12, 20), to: japan.On(2020, 2, 25)},
	{key: "k23", jobOn: japan.On(2020, 3, 2), route: "introduced", jobGrade: "b", age: "30s", turn: "i", firm: "kensetsu",
		sessions: 3, firstBy: japan.On(2020, 1, 14), to: japan.On(2020, 2, 20)},
	{key: "k24", jobOn: japan.On(2020, 3, 16), route: "self", jobGrade: "c", age: "20s", turn: "u", firm: "ryokan",
		sessions: 3, firstBy: japan.On(2020, 2, 5), to: japan.On(2020, 2, 28)},
	{key: "k25", jobOn: japan.On(2020, 3, 9), route: "self", jobGrade: "c", moveOn: japan.On(2020, 3, 21), moveGrade: "a", lg: "312045", turn: "u",
		reason: "job_change", age: "50s", firm: "shokuhin", sessions: 3, firstBy: japan.On(2020, 1, 31), to: japan.On(2020, 2, 27)},
	{key: "student", moveOn: japan.On(2020, 3, 24), moveGrade: "a", lg: "312011", turn: "u", reason: "employment", age: "20s"},
	{key: "returner", moveOn: japan.On(2020, 3, 28), moveGrade: "b", lg: "312029", turn: "i", reason: "job_change", age: "30s"},
}

// moves of fiscal 2018: they come again only for life after the move.
var moves2018 = []outcome{
	{key: "old1", moveOn: japan.On(2018, 9, 22), moveGrade: "a", lg: "312011", turn: "u", reason: "family_care", age: "40s"},
	{key: "old2", moveOn: japan.On(2018, 11, 3), moveGrade: "b", lg: "312029", turn: "i", reason: "country_life", age: "60s"},
	{key: "old3", moveOn: japan.On(2019, 1, 19), moveGrade: "a", lg: "313726", turn: "i", reason: "childcare", age: "30s"},
	{key: "old4", moveOn: japan.On(2019, 2, 16), moveGrade: "a", lg: "312037", turn: "u", reason: "job_change", age: "20s"},
}

// beside are outcomes that do not count, each for its own reason.
var beside = []outcome{
	{key: "unproved_job", jobOn: japan.On(2019, 12, 9), route: "self", age: "30s", turn: "i", firm: "ryokan",
		sessions: 3, firstBy: japan.On(2019, 11, 8), to: japan.On(2019, 12, 1)},
	{key: "unproved_move", moveOn: japan.On(2020, 1, 25), lg: "312011", turn: "i", reason: "country_life", age: "50s",
		sessions: 3, firstBy: japan.On(2019, 12, 3), to: japan.On(2020, 1, 15)},
	{key: "transferred", moveOn: japan.On(2019, 7, 6), moveGrade: "b", lg: "312029", turn: "i", reason: "transfer", predecessor: "yes", age: "40s",
		sessions: 2, firstBy: japan.On(2019, 5, 31), to: japan.On(2019, 6, 28)},
	{key: "scholar", moveOn: japan.On(2019, 9, 21), moveGrade: "b", lg: "312011", turn: "i", reason: "schooling", age: "20s",
		sessions: 2, firstBy: japan.On(2019, 8, 8), to: japan.On(2019, 9, 10)},
	{key: "passing", moveOn: japan.On(2019, 10, 5), moveGrade: "b", lg: "312029", turn: "i", reason: "telework", stay: "lt1y", age: "30s",
		sessions: 3, firstBy: japan.On(2019, 8, 18), to: japan.On(2019, 9, 28)},
	{key: "undone", route: "self", age: "30s", turn: "u", firm: "koukoku", sessions: 3, firstBy: japan.On(2019, 10, 25), to: japan.On(2019, 12, 20)},
	{key: "side1", age: "40s", turn: "i", sessions: 2, firstBy: japan.On(2019, 9, 30), to: japan.On(2019, 10, 18)},
	{key: "side2", age: "30s", turn: "i", sessions: 2, firstBy: japan.On(2020, 1, 15), to: japan.On(2020, 2, 7)},
	{key: "twohomes", age: "50s", turn: "i", sessions: 2, firstBy: japan.On(2019, 11, 20), to: japan.On(2019, 12, 10)},
	{key: "centre", moveOn: japan.On(2019, 11, 23), moveGrade: "b", lg: "312011", turn: "i", reason: "country_life", age: "40s",
		sessions: 1, from: japan.On(2019, 7, 25), to: japan.On(2019, 10, 31)},
}

// wish is what the sessions of the case must satisfy.
func (o outcome) wish() wish {
	w := wish{key: o.key, n: o.sessions, from: o.from, firstBy: o.firstBy, to: o.to}
	switch {
	case o.moveOn != 0 && o.jobOn == 0:
		w.kinds = "RB"
	case o.moveOn == 0 && o.jobOn != 0:
		w.kinds = "JB"
	}
	return w
}

// play tells the outcome.
func (c *cast) outcome(o outcome) {
	p := c.person(o.key)
	if o.jobOn != 0 {
		c.employment(p, o)
	}
	if o.moveOn != 0 && o.key != "family" {
		c.move(p, o, []string{p.id()})
	}
}

// other is a counsellor who neither owns the case nor recorded the outcome.
func other(owner string) string {
	if owner == "co1" {
		return "co2"
	}
	return "co1"
}

// proof picks who confirms, and by what, for a grade.
func proof(grade, owner string, move bool) (by, evidence string) {
	switch {
	case grade == "a" && move:
		return "ld1", "resident_record"
	case grade == "a":
		return "ld1", "employment_contract"
	case grade == "b" && move:
		return "ld1", "municipality_answer"
	case grade == "b":
		return "ld1", "employer_answer"
	}
	return other(owner), "person_statement"
}
