package casefile

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

var taskEvents = []eventType{
	domain.Happens[Case, TaskPlanned]("case.task_planned"),
	domain.Happens[Case, TaskRescheduled]("case.task_rescheduled"),
	domain.Happens[Case, TaskDone]("case.task_done"),
	domain.Happens[Case, TaskDropped]("case.task_dropped"),
}

var taskCommands = []commandType{
	domain.Can[Case, PlanTask]("case.plan_task", domain.Counsellor, domain.Lead, domain.System),
	domain.Can[Case, RescheduleTask]("case.reschedule_task", domain.Counsellor, domain.Lead),
	domain.Can[Case, DoTask]("case.do_task", domain.Counsellor, domain.Lead),
	domain.Can[Case, DropTask]("case.drop_task", domain.Counsellor, domain.Lead),
}

// TaskPlanned: someone is to do something by a day. About names the entity it
// is about.
type TaskPlanned struct {
	Task    string     `fact:"task,id,new"`
	Kind    string     `fact:"kind,code=task_kind"`
	DueOn   japan.Date `fact:"due_on,date"`
	Owner   string     `fact:"owner,id"`
	About   string     `fact:"about?,id"`
	Wording string     `sealed:"wording?,X"`
}

func (e *TaskPlanned) Apply(c *Case, _ domain.Envelope) {
	c.Tasks[e.Task] = &Task{Kind: e.Kind, DueOn: e.DueOn, Owner: e.Owner, About: e.About, State: "planned"}
}

// TaskRescheduled: it is due another day.
type TaskRescheduled struct {
	Task   string     `fact:"task,id"`
	DueOn  japan.Date `fact:"due_on,date"`
	Reason string     `fact:"reason,token"`
}

func (e *TaskRescheduled) Apply(c *Case, _ domain.Envelope) { c.Tasks[e.Task].DueOn = e.DueOn }

// TaskDone: it is off the list, whatever came of it.
type TaskDone struct {
	Task   string `fact:"task,id"`
	Result string `fact:"result,code=done|no_answer|not_needed"`
	Remark string `sealed:"remark?,X"`
}

func (e *TaskDone) Apply(c *Case, _ domain.Envelope) { c.Tasks[e.Task].State = "done" }

// TaskDropped: it will not be done.
type TaskDropped struct {
	Task   string `fact:"task,id"`
	Reason string `fact:"reason,token"`
}

func (e *TaskDropped) Apply(c *Case, _ domain.Envelope) { c.Tasks[e.Task].State = "dropped" }

// Task runs planned → done or dropped (events.md 5.4). Overdue is derived.
type Task struct {
	Kind, Owner, About, State string
	DueOn                     japan.Date
}

// planned is a task that follows from another event of the same command, for
// the owner of the case. A kind of task about one thing due one day has one id.
func (c *Case) planned(in domain.Intent, kind string, due japan.Date, about string) *TaskPlanned {
	id := in.NewID("task " + kind + " " + due.String() + " " + about)
	return &TaskPlanned{Task: id, Kind: kind, DueOn: due, Owner: c.Owner, About: about}
}

// waiting answers a task that is still to be done.
func (c *Case) waiting(id string) (*Task, error) {
	t := c.Tasks[id]
	if t == nil {
		return nil, unknown("task")
	}
	if t.State != "planned" {
		return nil, domain.Refuse("task.state")
	}
	return t, nil
}

// PlanTask puts something on the list.
type PlanTask struct{ TaskPlanned }

func (p *PlanTask) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, p); err != nil {
		return nil, err
	}
	if c.Tasks[p.Task] != nil {
		return nil, nil
	}
	if err := colleague(in, "owner", p.Owner); err != nil {
		return nil, err
	}
	return []event{&p.TaskPlanned}, nil
}

// RescheduleTask gives a waiting task another day.
type RescheduleTask struct{ TaskRescheduled }

func (r *RescheduleTask) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, r); err != nil {
		return nil, err
	}
	t, err := c.waiting(r.Task)
	if err != nil || t.DueOn == r.DueOn {
		return nil, err
	}
	return []event{&r.TaskRescheduled}, nil
}

// DoTask takes a task off the list.
type DoTask struct{ TaskDone }

func (d *DoTask) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, d); err != nil {
		return nil, err
	}
	if t := c.Tasks[d.Task]; t != nil && t.State == "done" {
		return nil, nil
	}
	if _, err := c.waiting(d.Task); err != nil {
		return nil, err
	}
	return []event{&d.TaskDone}, nil
}

// DropTask gives a task up.
type DropTask struct{ TaskDropped }

func (d *DropTask) Decide(c *Case, in domain.Intent) ([]event, error) {
	if err := c.admit(in, d); err != nil {
		return nil, err
	}
	if t := c.Tasks[d.Task]; t != nil && t.State == "dropped" {
		return nil, nil
	}
	if _, err := c.waiting(d.Task); err != nil {
		return nil, err
	}
	return []event{&d.TaskDropped}, nil
}
