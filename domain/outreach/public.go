package outreach

import (
	"ayumi/domain"
	"ayumi/domain/japan"
)

// MailingSent: one message to many; each case notes its own copy.
type MailingSent struct {
	Channel    string `fact:"channel,code"`
	Recipients int    `fact:"recipients,int"`
	Topic      string `fact:"topic,token"`
}

func (e *MailingSent) Apply(o *Outreach, env domain.Envelope) { o.begin(env, "mailing", StateHeld) }

// ChannelOpened: a public channel such as the LINE account.
type ChannelOpened struct {
	Channel string `fact:"channel,code=line|web|other"`
	Title   string `fact:"title,word"`
}

func (e *ChannelOpened) Apply(o *Outreach, env domain.Envelope) {
	o.begin(env, "channel", StateHeld)
	o.Channel, o.Plan.Title = e.Channel, e.Title
}

// FollowersCounted: how many follow the channel on the day it occurred.
type FollowersCounted struct {
	Channel string `fact:"channel,code=line|web|other"`
	Count   int    `fact:"count,int"`
}

func (e *FollowersCounted) Apply(o *Outreach, env domain.Envelope) {
	o.Followers = &Followers{Count: e.Count, On: env.Occurred}
}

// Followers is the count recorded last and its day.
type Followers struct {
	Count int
	On    japan.Date
}

// SendMailing begins the stream of a mailing.
type SendMailing struct{ MailingSent }

func (c *SendMailing) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if o.State != "" {
		return nil, nil
	}
	if c.Recipients < 1 {
		return nil, domain.RefuseField("field.range", "recipients")
	}
	return []event{&c.MailingSent}, nil
}

// OpenChannel begins the stream of a public channel.
type OpenChannel struct{ ChannelOpened }

func (c *OpenChannel) Decide(o *Outreach, _ domain.Intent) ([]event, error) {
	if o.State != "" {
		return nil, nil
	}
	return []event{&c.ChannelOpened}, nil
}

// CountFollowers records how many follow the channel.
type CountFollowers struct{ FollowersCounted }

func (c *CountFollowers) Decide(o *Outreach, in domain.Intent) ([]event, error) {
	if o.Channel == "" {
		return nil, domain.Refuse("outreach.state")
	}
	if c.Channel != o.Channel {
		return nil, domain.RefuseField("entity.unknown", "channel")
	}
	if c.Count < 0 {
		return nil, domain.RefuseField("field.range", "count")
	}
	if o.Followers != nil && *o.Followers == (Followers{c.Count, in.Occurred}) {
		return nil, nil
	}
	return []event{&c.FollowersCounted}, nil
}
